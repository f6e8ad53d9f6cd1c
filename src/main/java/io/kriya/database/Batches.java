package io.kriya.database;

import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/** Long work on the database in small pieces, and slowly: requests go first. */
public final class Batches {

    private static final int SIZE = 100;

    /** A piece is followed by a pause of so many times what it took. */
    private static final int PAUSES = 4;

    private Batches() {}

    /**
     * Repeats until a piece is smaller than it might be, or the thread is interrupted.
     *
     * @param piece takes the size that it may have, answers the size that it had
     * @return all of them together
     */
    public static long run(IntUnaryOperator piece) {
        long total = 0;
        while (true) {
            long start = System.nanoTime();
            int done = piece.applyAsInt(SIZE);
            total += done;
            if (done < SIZE || !pause(PAUSES * (System.nanoTime() - start))) {
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
}
