package io.kriya.cleanup;

import io.kriya.database.availability.DatabaseUnavailable;
import io.kriya.database.availability.Outage;
import io.kriya.token.cache.TokenConfig;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;

/** Has expired tokens, and whatever else has expired, deleted every hour. */
@Singleton
class CleanupSchedule {

    private static final Logger LOG = Logger.getLogger(CleanupSchedule.class);

    private final TokenCleanup cleanup;
    private final TokenConfig config;
    private final Clock clock;
    private final List<CleanupTask> others;

    CleanupSchedule(TokenCleanup cleanup, TokenConfig config, Clock clock, @All List<CleanupTask> others) {
        this.others = others;
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
            long deleted = cleanup.run(config.retention());
            LOG.infof("Cleaned up %d expired tokens", deleted);
            others.forEach(this::cleanUp);
        } catch (DatabaseUnavailable unavailable) {
            LOG.infof("Expired rows were not all cleaned up, the next run goes on: %s", Outage.reason(unavailable));
        }
    }

    private void cleanUp(CleanupTask expired) {
        long deleted = Batches.run((from, most) -> expired.deleteSome(from, clock.instant(), most));
        LOG.infof("Cleaned up %d %s", deleted, expired.what());
    }
}
