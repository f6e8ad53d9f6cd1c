package io.kriya.limit;

import io.kriya.database.Sql;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/**
 * A rate limiter in the database, with one statement per request: GCRA (generic cell rate algorithm). Each key has a
 * theoretical arrival time (TAT, the column {@code paid_at}). A request passes unless the TAT is more than the burst
 * tolerance ahead of it, and then advances the TAT by the emission interval.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm">GCRA</a>
 */
@ApplicationScoped
public class Limits {

    private static final String TAKE = """
            insert into limits as l (name, paid_at)
            values (:key, cast(:now as timestamptz) + cast(:interval as interval))
            on conflict (name) do update set
                paid_at = greatest(l.paid_at, cast(:now as timestamptz)) + cast(:interval as interval)
            where l.paid_at <= cast(:now as timestamptz) + cast(:tolerance as interval)
            returning paid_at""";

    private static final String GIVE_BACK =
            "update limits set paid_at = paid_at - cast(:interval as interval) where name = :key";

    private final MeterRegistry meters;
    private final LimitKeys keys;

    Limits(MeterRegistry meters, LimitKeys keys) {
        this.meters = meters;
        this.keys = keys;
    }

    /** The counter of refused requests; also registers it, so that the metric starts at 0. */
    public Counter counter(String name) {
        return Counter.builder("kriya.limited")
                .description("Requests refused by a rate limit, by limit.")
                .tag("limit", name)
                .register(meters);
    }

    /**
     * Counts a request, in the caller's transaction: a rollback undoes it.
     *
     * @param name the name of the limit, from a small fixed set, as it is a metric label
     * @param key what is limited, such as a phone number or an address
     * @return the key's new theoretical arrival time
     * @throws LimitedException if the limit is reached
     */
    public Instant take(String name, Limit limit, String key, Instant now) {
        return passed(name, limit, key, now)
                .orElseThrow(
                        () -> reached(name, limit, theoreticalArrival(name, key).orElse(now)));
    }

    /**
     * Checks a limit without counting, and without a lock that parallel requests would queue for.
     *
     * @throws LimitedException if the limit is reached
     */
    public void check(String name, Limit limit, String key, Instant now) {
        theoreticalArrival(name, key)
                .filter(arrival -> arrival.isAfter(now.plus(limit.burstTolerance())))
                .ifPresent(arrival -> {
                    throw reached(name, limit, arrival);
                });
    }

    private LimitedException reached(String name, Limit limit, Instant theoreticalArrival) {
        counter(name).increment();
        return new LimitedException(theoreticalArrival.minus(limit.burstTolerance()));
    }

    /** A key's theoretical arrival time; empty if it has none. */
    public Optional<Instant> theoreticalArrival(String name, String key) {
        return paidAt(sql("select paid_at from limits where name = :key", name, key));
    }

    /** As {@link #take}, where a limit that is reached refuses nothing; returns false if it is. */
    public boolean tryTake(String name, Limit limit, String key, Instant now) {
        return passed(name, limit, key, now).isPresent();
    }

    /** The statement of {@link #tryTake}, for where it does not matter whether the limit is reached. */
    public Sql taking(String name, Limit limit, String key, Instant now) {
        return sql(TAKE, name, key)
                .with("now", now)
                .with("interval", limit.emissionInterval().toString())
                .with("tolerance", limit.burstTolerance().toString());
    }

    private Optional<Instant> passed(String name, Limit limit, String key, Instant now) {
        return paidAt(taking(name, limit, key, now));
    }

    /** Undoes one {@link #take}. */
    public Sql givingBack(String name, Limit limit, String key) {
        return sql(GIVE_BACK, name, key)
                .with("interval", limit.emissionInterval().toString());
    }

    /** Resets the limit of a key. */
    public Sql resetting(String name, String key) {
        return sql("delete from limits where name = :key", name, key);
    }

    private Sql sql(String text, String name, String key) {
        return Sql.of(text).with("key", keys.of(name, key));
    }

    private static Optional<Instant> paidAt(Sql sql) {
        return sql.first(row -> Sql.instant(row, "paid_at"));
    }
}
