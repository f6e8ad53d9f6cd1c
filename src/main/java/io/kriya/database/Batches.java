package io.kriya.database;

import io.quarkus.hibernate.orm.panache.Panache;
import java.time.Instant;
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

    /**
     * Deletes some rows that are past their time, the oldest first, within the transaction of the caller. What others hold is left.
     *
     * @param time the column that has it
     * @return how many
     */
    public static int deleteSome(String table, String key, String time, Instant before, int most) {
        return Panache.getEntityManager()
                .createNativeQuery("""
                        delete from %1$s where %2$s in (
                            select %2$s from %1$s where %3$s <= :before
                            order by %3$s limit :most
                            for update skip locked)""".formatted(table, key, time))
                .setParameter("before", before)
                .setParameter("most", most)
                .executeUpdate();
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
