package io.kriya.cleanup;

import io.kriya.database.availability.Deadline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Deletes expired tokens, in batches that neither wait for anybody nor are waited for. */
// Its counter is there from the start, at 0.
@Startup
@ApplicationScoped
class TokenCleanup {

    private final ExpiredTokens expired;
    private final ClockComparison clocks;
    private final Clock clock;
    private final Counter cleanedUp;

    TokenCleanup(ExpiredTokens expired, ClockComparison clocks, Clock clock, MeterRegistry meters) {
        this.expired = expired;
        this.clocks = clocks;
        this.clock = clock;
        cleanedUp = Counter.builder("kriya.tokens.cleaned.up")
                .description("Expired tokens that were deleted.")
                .register(meters);
    }

    /**
     * Deletes every token that expired so long ago, by the database's clock where this machine's is ahead of it, but
     * those that another replica is deleting.
     *
     * @return how many
     */
    long run(Duration ago) {
        clocks.run();
        Instant before = clock.instant().minus(ago);
        return Batches.run((from, most) -> {
            Batches.Deleted deleted = expired.deleteSome(from, before, most);
            cleanedUp.increment(deleted.count());
            return deleted;
        });
    }

    /** One batch, a transaction of its own, so that no lock is held for long and what is done stays done. */
    @ApplicationScoped
    static class ExpiredTokens {

        @Deadline
        @Transactional
        Batches.Deleted deleteSome(Instant from, Instant before, int most) {
            return Batches.deleteSome("tokens", "id", "expires_at", from, before, most);
        }
    }
}
