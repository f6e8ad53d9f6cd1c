package io.kriya.token;

import io.kriya.database.Deadline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Deletes expired tokens, in batches that neither wait for anybody nor are waited for, and slowly: requests go first. */
// Its counter is there from the start, at 0.
@Startup
@ApplicationScoped
class TokenCleanup {

    private static final int BATCH = 100;

    /** A batch is followed by a pause of so many times what it took. */
    private static final int PAUSES = 4;

    private final ExpiredTokens expired;
    private final Counter cleanedUp;

    TokenCleanup(ExpiredTokens expired, MeterRegistry meters) {
        this.expired = expired;
        cleanedUp = Counter.builder("kriya.tokens.cleaned.up")
                .description("Expired tokens that were deleted.")
                .register(meters);
    }

    /**
     * Deletes every token that expired before this instant and that nobody else is deleting.
     *
     * @return how many
     */
    long run(Instant before) {
        long total = 0;
        while (true) {
            long start = System.nanoTime();
            int deleted = expired.deleteSome(before, BATCH);
            total += deleted;
            cleanedUp.increment(deleted);
            if (deleted < BATCH || !pause(PAUSES * (System.nanoTime() - start))) {
                return total;
            }
        }
    }

    /** Whether there is time to go on; there is none once the service stops. */
    private static boolean pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One batch, a transaction of its own, so that no lock is held for long and what is done stays done. */
    @ApplicationScoped
    static class ExpiredTokens {

        @Deadline
        @Transactional
        int deleteSome(Instant before, int most) {
            return Panache.getEntityManager()
                    .createNativeQuery("""
                            delete from tokens where id in (
                                select id from tokens where expires_at <= :before
                                order by expires_at limit :most
                                for update skip locked)""")
                    .setParameter("before", before)
                    .setParameter("most", most)
                    .executeUpdate();
        }
    }
}
