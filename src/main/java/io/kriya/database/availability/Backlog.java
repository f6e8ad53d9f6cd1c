package io.kriya.database.availability;

import java.time.Duration;

/**
 * Decides when a queue for the database is too long, and by how much. A queue has to be served within a twelfth of a
 * request's timeout. A burst may exceed that for a quarter of the timeout; after that it is overload, and the excess is
 * refused, as it would only delay all other requests.
 */
public final class Backlog {

    private static final int WAIT_PART = 12;
    private static final int GRACE_PART = 4;

    /** The latest sample has the weight 1/SMOOTHING in the moving average. */
    private static final int SMOOTHING = 8;

    private final int minimum;
    private final long waitNanos;
    private final long graceNanos;
    private double nanosPerRequest;
    private long lastServed;
    private boolean wasEmpty = true;
    private long lastShort = System.nanoTime();

    /** @param minimum the length that is never too long */
    public Backlog(int minimum, Duration timeout) {
        this.minimum = minimum;
        waitNanos = timeout.dividedBy(WAIT_PART).toNanos();
        graceNanos = timeout.dividedBy(GRACE_PART).toNanos();
    }

    /** Records that requests were served, and how many are left in the queue. */
    public synchronized void recordServed(int count, int queued) {
        long now = System.nanoTime();
        if (!wasEmpty) {
            nanosPerRequest += ((double) (now - lastServed) / count - nanosPerRequest) / SMOOTHING;
        }
        lastServed = now;
        wasEmpty = queued == 0;
    }

    /** How many of the queued requests to refuse. */
    public synchronized int excess(int queued) {
        long now = System.nanoTime();
        double maximum = Math.max(minimum, nanosPerRequest == 0 ? minimum : waitNanos / nanosPerRequest);
        // A queue that was cut stays at its maximum, so it counts as short only at half of the maximum.
        if (queued <= maximum / 2) {
            lastShort = now;
        }
        return queued > maximum && now - lastShort > graceNanos ? (int) Math.ceil(queued - maximum) : 0;
    }
}
