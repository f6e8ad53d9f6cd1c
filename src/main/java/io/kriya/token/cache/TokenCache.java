package io.kriya.token.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kriya.database.Primary;
import io.kriya.database.availability.Outage;
import io.kriya.database.availability.Outlasting;
import io.kriya.security.SecretHash;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tokens that the database has answered, kept while that answer stands. Each change is numbered, and an answer stands as long as
 * its token, its person and the whole have no change with a number above the one at which it was asked for.
 *
 * <p>So a look-up that was under way when a change came leaves nothing stale behind, in whatever order they arrive: either its
 * statement saw the change, which was committed by then, or it was asked for under a lower number, and what it brings counts as
 * outdated from the start.
 */
// Its metrics are there from the start, at 0.
@Startup
@ApplicationScoped
public class TokenCache implements Outlasting {

    /** Changes are noted by hash; one more of the others that share a place is asked for again, which does no harm. */
    private static final int PLACES = 1 << 16;

    /** How old the newest beat may be. A change that came before it is known here: a revocation counts after this, at the latest. */
    static final Duration FRESH = Duration.ofSeconds(1);

    private final int size;
    private final Outage outage;
    private final long outageNanos;
    private final Cache<SecretHash, Kept> kept;
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLongArray changed = new AtomicLongArray(PLACES);
    private final Counter hits;
    private final Counter misses;
    private final Counter invalidations;

    private volatile Primary followed;
    private volatile long emptied;
    private volatile long beat = System.nanoTime() - Duration.ofDays(1).toNanos();

    private record Kept(IssuedToken token, long asOf) {}

    TokenCache(TokenConfig config, Outage outage, MeterRegistry meters) {
        size = config.cacheSize();
        this.outage = outage;
        outageNanos = Duration.ofSeconds(config.cacheOutageSeconds()).toNanos();
        kept = Caffeine.newBuilder().maximumSize(size).build();
        hits = counter("kriya.token.cache.hits", "Validations answered from memory.", meters);
        misses = counter("kriya.token.cache.misses", "Validations that had to ask the database.", meters);
        invalidations =
                counter("kriya.token.cache.invalidations", "Changes after which kept tokens were dropped.", meters);
        TimeGauge.builder("kriya.token.cache.heartbeat.age", this, TimeUnit.NANOSECONDS, TokenCache::age)
                .description("Time since the database last showed that its changes arrive here.")
                .register(meters);
    }

    private static Counter counter(String name, String description, MeterRegistry meters) {
        return Counter.builder(name).description(description).register(meters);
    }

    /** What is kept of a token and still stands. */
    public Optional<IssuedToken> recall(SecretHash hash) {
        Kept found = isUsable() ? kept.getIfPresent(hash) : null;
        if (found == null || !stands(hash, found)) {
            misses.increment();
            return Optional.empty();
        }
        hits.increment();
        return Optional.of(found.token());
    }

    private boolean stands(SecretHash hash, Kept found) {
        return found.asOf() >= emptied
                && found.asOf() >= changed.get(place(hash))
                && found.asOf() >= changed.get(place(found.token().person().id()));
    }

    @Override
    public boolean outlasts() {
        return outageNanos > 0 && age() <= outageNanos;
    }

    private boolean isUsable() {
        return isFresh() || outageNanos > 0 && age() <= outageNanos && outage.isLasting();
    }

    /** The number to take before a look-up is asked for, and to {@link #keep} its answer under. */
    public long now() {
        return changes.get();
    }

    /** What another server answered than the one whose changes arrive is not kept. */
    public void keep(SecretHash hash, IssuedToken token, long asOf, Primary answered) {
        if (size > 0 && answered.equals(followed)) {
            kept.put(hash, new Kept(token, asOf));
        }
    }

    /** A token is not what it was. */
    public void forget(SecretHash hash) {
        note(place(hash));
    }

    /** A person is not what they were. */
    public void forget(UUID person) {
        note(place(person));
    }

    private void note(int place) {
        changed.updateAndGet(place, _ -> changes.incrementAndGet());
        invalidations.increment();
    }

    /** Changes may have been missed. */
    void forgetAll() {
        emptied = changes.incrementAndGet();
        kept.invalidateAll();
        invalidations.increment();
    }

    /** What was changed before this time ({@link System#nanoTime()}) is known here. */
    void isCurrentAsOf(long nanoTime) {
        beat = nanoTime;
    }

    /** From which server changes arrive, as far as is known; null where they don't. */
    void follow(Primary primary) {
        followed = primary;
    }

    boolean isFresh() {
        return followed != null && age() <= FRESH.toNanos();
    }

    private long age() {
        return System.nanoTime() - beat;
    }

    private static int place(Object key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & PLACES - 1;
    }
}
