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
import java.util.stream.StreamSupport;

/**
 * The part of the heap that requests may take, from the first byte of a head until the answer is sent. Where it is used
 * up, the largest of those that have not arrived whole gives way at once, of equals the oldest, so that nobody is
 * refused for the sake of clients who send much slowly; and each has a deadline by which it has to be there.
 *
 * <p>Each event loop has a share of its own, so that what gives way is gone before what is new takes its place.
 */
@Singleton
class RequestMemory {

    /** One part in so many of the heap. */
    private static final int PART = 6;

    private static final int SWEEP_MILLIS = 200;

    private final long timeoutNanos;
    private final Map<EventLoop, Share> shares = new ConcurrentHashMap<>();

    RequestMemory(HttpConfig config) {
        timeoutNanos = config.bodyTimeout().toNanos();
    }

    /** The share of an event loop, which is used on it alone. */
    Share of(EventLoop eventLoop) {
        return shares.computeIfAbsent(eventLoop, _ -> {
            long eventLoops = StreamSupport.stream(eventLoop.parent().spliterator(), false)
                    .count();
            var share = new Share(Runtime.getRuntime().maxMemory() / PART / eventLoops);
            eventLoop.scheduleWithFixedDelay(share::endLate, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
            return share;
        });
    }

    /** What one request takes. */
    abstract static class Claim {

        private final long since = System.nanoTime();
        private long cost;
        private boolean hasArrived;

        /** Ends the request. */
        abstract void giveUp(ErrorCode reason);

        /** Whether it is known to be under way. */
        boolean hasDeadline() {
            return true;
        }
    }

    final class Share {

        private final Set<Claim> unfinished = new LinkedHashSet<>();
        private final AtomicLong arrived = new AtomicLong();
        private final long bytes;
        private long held;

        private Share(long bytes) {
            this.bytes = bytes;
        }

        /** Has others give way, where there are any, so that there is room. */
        void makeRoom(Claim keep, long more) {
            while (isTooMuch(more)) {
                Optional<Claim> largest =
                        unfinished.stream().filter(claim -> claim != keep).reduce(Share::larger);
                if (largest.isEmpty()) {
                    return;
                }
                end(largest.get(), ErrorCode.OVERLOADED);
            }
        }

        /** Of equals the older, which comes first. */
        private static Claim larger(Claim one, Claim other) {
            return other.cost > one.cost ? other : one;
        }

        private boolean isTooMuch(long more) {
            return held + arrived.get() + more > bytes;
        }

        /**
         * Takes memory for a request that has not arrived whole.
         *
         * @return whether there is any left; nothing is taken otherwise
         */
        boolean take(Claim claim, long more) {
            makeRoom(claim, more);
            boolean isAlone = held == claim.cost && arrived.get() == 0;
            if (isTooMuch(more) && !isAlone) {
                return false;
            }
            claim.cost += more;
            held += more;
            unfinished.add(claim);
            return true;
        }

        /** It has arrived whole: what it takes stays taken, and it gives way to none. */
        void arrived(Claim claim) {
            if (unfinished.remove(claim)) {
                held -= claim.cost;
                arrived.addAndGet(claim.cost);
                claim.hasArrived = true;
            }
        }

        /** Gives back all that was taken. On any thread, once it has arrived. */
        void release(Claim claim) {
            if (claim.hasArrived) {
                arrived.addAndGet(-claim.cost);
                claim.cost = 0;
            } else if (unfinished.remove(claim)) {
                held -= claim.cost;
            }
        }

        private void end(Claim claim, ErrorCode reason) {
            release(claim);
            claim.giveUp(reason);
        }

        private void endLate() {
            long now = System.nanoTime();
            unfinished.stream()
                    .filter(claim -> now - claim.since > timeoutNanos && claim.hasDeadline())
                    .toList()
                    .forEach(claim -> end(claim, ErrorCode.REQUEST_TIMEOUT));
        }
    }
}
