package io.kriya.http.connection;

import io.kriya.error.ErrorCode;
import io.netty.channel.EventLoop;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * The part of the heap for requests, from the first byte of a head until the response is sent. When it is used up, the
 * largest incomplete request is evicted, of equals the oldest, so that clients who send much slowly can't displace
 * others; and each request has a deadline by which it has to be complete.
 *
 * <p>Each event loop has its own share, so an eviction has freed its memory before a new request takes it.
 */
@Singleton
class RequestMemory {

    /** One sixth of the heap. */
    private static final int HEAP_FRACTION = 6;

    private static final int SWEEP_MILLIS = 200;

    private final long timeoutNanos;
    private final Map<EventLoop, Share> shares = new ConcurrentHashMap<>();

    RequestMemory(HttpConfig config) {
        timeoutNanos = config.bodyTimeout().toNanos();
    }

    /** The share of an event loop, which is used on that loop only. */
    Share of(EventLoop eventLoop) {
        return shares.computeIfAbsent(eventLoop, _ -> {
            long eventLoops = StreamSupport.stream(eventLoop.parent().spliterator(), false)
                    .count();
            var share = new Share(Runtime.getRuntime().maxMemory() / HEAP_FRACTION / eventLoops);
            eventLoop.scheduleWithFixedDelay(share::evictLate, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
            return share;
        });
    }

    /** The memory of one request. */
    static final class Claim {

        private final long since = System.nanoTime();
        private final Consumer<ErrorCode> evict;
        private final boolean hasTimeout;
        private long cost;
        private boolean isComplete;

        /** @param evict ends the request to free its memory */
        Claim(Consumer<ErrorCode> evict, boolean hasTimeout) {
            this.evict = evict;
            this.hasTimeout = hasTimeout;
        }

        boolean hasTimeout() {
            return hasTimeout;
        }
    }

    final class Share {

        private final Set<Claim> incomplete = new LinkedHashSet<>();
        private final AtomicLong completed = new AtomicLong();
        private final long bytes;
        private long held;

        private Share(long bytes) {
            this.bytes = bytes;
        }

        /** Evicts others until there is room, or none is left. */
        void makeRoom(Claim keep, long more) {
            while (isTooMuch(more)) {
                Optional<Claim> largest =
                        incomplete.stream().filter(claim -> claim != keep).reduce(Share::larger);
                if (largest.isEmpty()) {
                    return;
                }
                end(largest.get(), ErrorCode.OVERLOADED);
            }
        }

        /** Of equals the older one, which comes first. */
        private static Claim larger(Claim one, Claim other) {
            return other.cost > one.cost ? other : one;
        }

        private boolean isTooMuch(long more) {
            return held + completed.get() + more > bytes;
        }

        /**
         * Takes memory for an incomplete request.
         *
         * @return false if there is not enough; then nothing is taken
         */
        boolean take(Claim claim, long more) {
            makeRoom(claim, more);
            boolean isAlone = held == claim.cost && completed.get() == 0;
            if (isTooMuch(more) && !isAlone) {
                return false;
            }
            claim.cost += more;
            held += more;
            incomplete.add(claim);
            return true;
        }

        /** Marks a request as complete: it keeps its memory, and is not evicted any more. */
        void complete(Claim claim) {
            if (incomplete.remove(claim)) {
                held -= claim.cost;
                completed.addAndGet(claim.cost);
                claim.isComplete = true;
            }
        }

        /** Frees the memory. For a complete request, this may be called on any thread. */
        void release(Claim claim) {
            if (claim.isComplete) {
                completed.addAndGet(-claim.cost);
                claim.cost = 0;
            } else if (incomplete.remove(claim)) {
                held -= claim.cost;
            }
        }

        private void end(Claim claim, ErrorCode reason) {
            release(claim);
            claim.evict.accept(reason);
        }

        private void evictLate() {
            long now = System.nanoTime();
            incomplete.stream()
                    .filter(claim -> now - claim.since > timeoutNanos && claim.hasTimeout)
                    .toList()
                    .forEach(claim -> end(claim, ErrorCode.REQUEST_TIMEOUT));
        }
    }
}
