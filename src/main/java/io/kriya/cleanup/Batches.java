package io.kriya.cleanup;

import io.quarkus.hibernate.orm.panache.Panache;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.hibernate.Session;

/** Long work on the database in small pieces, and slowly: requests go first. */
public final class Batches {

    private static final int SIZE = 100;

    /** A piece is followed by a pause of so many times what it took. */
    private static final int PAUSES = 4;

    /** Before any time that there is in a database. */
    private static final String EVER = "0001-01-01T00:00:00Z";

    private Batches() {}

    /** One piece of the work, in a transaction of its own. */
    @FunctionalInterface
    public interface Piece {

        /**
         * Deletes some, the oldest first.
         *
         * @param from where the piece before has ended
         * @param most how many it may be
         */
        Deleted delete(Instant from, int most);
    }

    /**
     * What a piece has deleted.
     *
     * @param last the newest time of those; where there are none, that at which it began
     */
    public record Deleted(int count, Instant last) {}

    /**
     * Repeats until a piece is smaller than it might be, or the thread is interrupted. Each begins where the one before
     * has ended: PostgreSQL would have to look at all that they have deleted, for as long as some old snapshot could
     * still see it.
     *
     * @return all of them together
     */
    public static long run(Piece piece) {
        long total = 0;
        Instant from = Instant.parse(EVER);
        while (true) {
            long start = System.nanoTime();
            Deleted deleted = piece.delete(from, SIZE);
            total += deleted.count();
            from = deleted.last();
            if (deleted.count() < SIZE || !pause(PAUSES * (System.nanoTime() - start))) {
                return total;
            }
        }
    }

    /**
     * Deletes some rows that are past their time, the oldest first, within the transaction of the caller. What others hold is left.
     *
     * @param time the column that has it
     */
    public static Deleted deleteSome(String table, String key, String time, Instant from, Instant before, int most) {
        String sql = """
                delete from %1$s where %2$s in (
                    select %2$s from %1$s where %3$s >= ? and %3$s <= ?
                    order by %3$s limit ?
                    for update skip locked)
                returning %3$s""".formatted(table, key, time);
        return Panache.getEntityManager().unwrap(Session.class).doReturningWork(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setObject(1, from.atOffset(ZoneOffset.UTC));
                statement.setObject(2, before.atOffset(ZoneOffset.UTC));
                statement.setInt(3, most);
                try (var rows = statement.executeQuery()) {
                    int count = 0;
                    Instant last = from;
                    while (rows.next()) {
                        count++;
                        Instant one = rows.getObject(1, OffsetDateTime.class).toInstant();
                        last = one.isAfter(last) ? one : last;
                    }
                    return new Deleted(count, last);
                }
            }
        });
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
