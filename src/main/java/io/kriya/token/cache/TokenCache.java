package io.kriya.token.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kriya.database.Primary;
import io.kriya.database.availability.Outage;
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

/** Caches valid tokens until they change. */
@Startup // registers the metrics
@ApplicationScoped
public class TokenCache {

    /** Changes are numbered per hash bucket. A collision only costs a look-up. */
    private static final int BUCKETS = 1 << 16;

    /** The maximum age of the last heartbeat, and so the longest time that a revoked token stays valid. */
    static final Duration FRESH = Duration.ofSeconds(1);

    private final Outage outage;
    private final long outageNanos;
    private final Cache<SecretHash, Entry> entries;
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLongArray changeOfBucket = new AtomicLongArray(BUCKETS);
    private final Counter hits;
    private final Counter misses;
    private final Counter invalidations;

    private volatile Primary listeningTo;
    private volatile long changeOfAll;
    private volatile long lastHeartbeat = System.nanoTime() - Duration.ofDays(1).toNanos();

    private record Entry(IssuedToken token, long change) {}

    TokenCache(TokenConfig config, Outage outage, MeterRegistry meters) {
        this.outage = outage;
        outage.setFallback(this::isServing);
        outageNanos = Duration.ofSeconds(config.cacheOutageSeconds()).toNanos();
        entries = Caffeine.newBuilder().maximumSize(config.cacheSize()).build();
        hits = counter("hits", "Validations answered from the cache.", meters);
        misses = counter("misses", "Validations that needed a look-up in the database.", meters);
        invalidations = counter("invalidations", "Changes that invalidated cached tokens.", meters);
        TimeGauge.builder("kriya.token.cache.heartbeat.age", this, TimeUnit.NANOSECONDS, TokenCache::heartbeatAge)
                .description("Time since the last heartbeat that arrived was sent.")
                .register(meters);
    }

    private static Counter counter(String name, String description, MeterRegistry meters) {
        return Counter.builder("kriya.token.cache." + name)
                .description(description)
                .register(meters);
    }

    public Optional<IssuedToken> get(SecretHash hash) {
        Entry entry = isUsable() ? entries.getIfPresent(hash) : null;
        if (entry == null || isInvalidated(hash, entry)) {
            misses.increment();
            return Optional.empty();
        }
        hits.increment();
        return Optional.of(entry.token());
    }

    private boolean isUsable() {
        return isFresh() || isServing() && outage.isLasting();
    }

    private boolean isInvalidated(SecretHash hash, Entry entry) {
        return entry.change() < changeOfAll
                || entry.change() < changeOfBucket.get(bucket(hash))
                || entry.change()
                        < changeOfBucket.get(bucket(entry.token().user().id()));
    }

    /** Whether the cache may be used in an outage. */
    private boolean isServing() {
        return outageNanos > 0 && heartbeatAge() <= outageNanos;
    }

    /** The number of the latest change. Read it before a look-up whose result you {@link #put}. */
    public long changeNumber() {
        return changes.get();
    }

    /** Caches the result of a look-up, unless it came from another server than the one that sends the notifications. */
    public void put(SecretHash hash, IssuedToken token, long changeNumber, Primary answeredBy) {
        if (answeredBy.equals(listeningTo)) {
            entries.put(hash, new Entry(token, changeNumber));
        }
    }

    public void invalidate(SecretHash hash) {
        invalidateBucket(bucket(hash));
    }

    public void invalidateUser(UUID user) {
        invalidateBucket(bucket(user));
    }

    private void invalidateBucket(int bucket) {
        changeOfBucket.updateAndGet(bucket, _ -> changes.incrementAndGet());
        invalidations.increment();
    }

    void invalidateAll() {
        changeOfAll = changes.incrementAndGet();
        entries.invalidateAll();
        invalidations.increment();
    }

    /** All changes committed before this {@link System#nanoTime()} have arrived. */
    void heartbeatReceived(long sentAt) {
        lastHeartbeat = sentAt;
    }

    /** Sets the server that sends the notifications; null if none does. */
    void setListening(Primary server) {
        listeningTo = server;
    }

    boolean isFresh() {
        return listeningTo != null && heartbeatAge() <= FRESH.toNanos();
    }

    private long heartbeatAge() {
        return System.nanoTime() - lastHeartbeat;
    }

    private static int bucket(Object key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & BUCKETS - 1;
    }
}
