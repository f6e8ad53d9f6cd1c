package io.kriya.cleanup;

import io.kriya.database.availability.DatabaseUnavailable;
import io.kriya.database.availability.Outage;
import io.kriya.token.cache.TokenConfig;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Runs all clean-up tasks, every hour by default. */
@Singleton
class CleanupSchedule {

    private static final Logger LOG = Logger.getLogger(CleanupSchedule.class);

    private final Cleanup cleanup;
    private final TokenConfig config;

    CleanupSchedule(Cleanup cleanup, TokenConfig config) {
        this.cleanup = cleanup;
        this.config = config;
    }

    @RunOnVirtualThread
    @Scheduled(
            identity = "token-cleanup",
            every = "${kriya.token.cleanup-minutes:60}m",
            executionMaxDelay = "${kriya.token.cleanup-jitter-seconds:360}s",
            concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        try {
            for (CleanupTask task : CleanupTask.all(config.retention())) {
                LOG.infof("Cleaned up %d %s", cleanup.run(task), task.name());
            }
        } catch (DatabaseUnavailable unavailable) {
            LOG.infof("Clean-up stopped, the next run will continue it: %s", Outage.reason(unavailable));
        }
    }
}
