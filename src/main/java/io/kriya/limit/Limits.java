package io.kriya.limit;

import io.kriya.error.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.hibernate.Session;

/**
 * Counts in the database, so that any number of replicas counts as one. Each limit is one statement (GCRA, the generic cell rate
 * algorithm): what is let through moves the time that is paid for on, and nothing is let through that is too far ahead of it.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm">GCRA</a>
 */
@ApplicationScoped
public class Limits {

    private static final String TAKE = """
            insert into limits as l (name, paid_at) values (:name, cast(:now as timestamptz) + cast(:interval as interval))
            on conflict (name) do update set
                paid_at = greatest(l.paid_at, cast(:now as timestamptz)) + cast(:interval as interval)
            where l.paid_at <= cast(:now as timestamptz) + cast(:tolerance as interval)""";

    private final MeterRegistry meters;

    Limits(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Makes the counter of a limit, so that it is there from the start, at 0. */
    public Counter counter(String limit) {
        return Counter.builder("kriya.limited")
                .description("Requests that a limit refused, by limit.")
                .tag("limit", limit)
                .register(meters);
    }

    /**
     * Takes one, within the transaction of the caller: where that is rolled back, nothing was taken.
     *
     * @param limit its name, one of few
     * @param whom it counts for
     * @throws ProblemException where there is none left; it says when there will be
     */
    public void take(String limit, Limit bounds, String whom, Instant now) {
        String name = name(limit, whom);
        int taken = Panache.getEntityManager()
                .createNativeQuery(TAKE)
                .setParameter("name", name)
                .setParameter("now", now)
                .setParameter("interval", bounds.interval().toString())
                .setParameter("tolerance", bounds.tolerance().toString())
                .executeUpdate();
        if (taken == 0) {
            counter(limit).increment();
            throw ProblemException.until(paidAt(name, now).minus(bounds.tolerance()));
        }
    }

    /** Gives one back that came to nothing. */
    public void giveBack(String limit, Limit bounds, String whom) {
        Panache.getEntityManager()
                .createNativeQuery(
                        "update limits set paid_at = paid_at - cast(:interval as interval) where name = :name")
                .setParameter("name", name(limit, whom))
                .setParameter("interval", bounds.interval().toString())
                .executeUpdate();
    }

    /** Forgets what was counted for somebody. */
    public void forget(String limit, String whom) {
        Panache.getEntityManager()
                .createNativeQuery("delete from limits where name = :name")
                .setParameter("name", name(limit, whom))
                .executeUpdate();
    }

    /** Until when a limit is paid for, or now. */
    public Instant paidAt(String limit, String whom, Instant now) {
        return paidAt(name(limit, whom), now);
    }

    private static Instant paidAt(String name, Instant now) {
        return Panache.getEntityManager()
                .unwrap(Session.class)
                .createNativeQuery("select paid_at from limits where name = :name", Instant.class)
                .setParameter("name", name)
                .uniqueResultOptional()
                .orElse(now);
    }

    private static String name(String limit, String whom) {
        return limit + " " + whom;
    }
}
