package io.kriya.token;

import io.kriya.database.DatabaseUnavailable;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Has expired tokens deleted every hour. */
@Singleton
class CleanupSchedule {

    private static final Logger LOG = Logger.getLogger(CleanupSchedule.class);

    private final TokenCleanup cleanup;
    private final TokenConfig config;
    private final Clock clock;

    CleanupSchedule(TokenCleanup cleanup, TokenConfig config, Clock clock) {
        this.cleanup = cleanup;
        this.config = config;
        this.clock = clock;
    }

    @RunOnVirtualThread
    @Scheduled(
            identity = "token-cleanup",
            every = "${kriya.token.cleanup-minutes:60}m",
            executionMaxDelay = "${kriya.token.cleanup-jitter-seconds:360}s",
            concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        try {
            long deleted = cleanup.run(clock.instant().minus(config.retention()));
            LOG.infof("Cleaned up %d expired tokens", deleted);
        } catch (DatabaseUnavailable unavailable) {
            LOG.info("Expired tokens were not cleaned up, the database is unavailable; the next run will");
        }
    }
}
