package io.kriya.database.availability;

import java.time.Duration;

/**
 * Tells the queue that a burst makes, which is soon served, from that of a load beyond what the database can do, which
 * would only make everybody wait until it is too late. A queue is too long that can't be served within a twelfth of
 * what a request may spend on the database, and has been for a quarter of it; then it is cut to that length.
 */
public final class Backlog {

    private static final int PART_TO_WAIT = 12;
    private static final int PART_OF_GRACE = 4;

    /** The weight of the newest in the average: one part in so many. */
    private static final int SMOOTHING = 8;

    private final int least;
    private final long waitNanos;
    private final long graceNanos;
    private double nanosForOne;
    private long lastServed;
    private boolean wasEmpty = true;
    private long shortAt = System.nanoTime();

    /** @param least how many may always wait */
    public Backlog(int least, Duration timeout) {
        this.least = least;
        waitNanos = timeout.dividedBy(PART_TO_WAIT).toNanos();
        graceNanos = timeout.dividedBy(PART_OF_GRACE).toNanos();
    }

    /** Some were served, and so many wait. */
    public synchronized void served(int count, int waiting) {
        long now = System.nanoTime();
        if (!wasEmpty) {
            nanosForOne += ((double) (now - lastServed) / count - nanosForOne) / SMOOTHING;
        }
        lastServed = now;
        wasEmpty = waiting == 0;
    }

    /** How many of those that wait are too many. */
    public synchronized int excess(int waiting) {
        long now = System.nanoTime();
        double most = Math.max(least, nanosForOne == 0 ? least : waitNanos / nanosForOne);
        // Not at its full length, at which it stays while it is cut.
        if (waiting <= most / 2) {
            shortAt = now;
        }
        return waiting > most && now - shortAt > graceNanos ? (int) Math.ceil(waiting - most) : 0;
    }
}
