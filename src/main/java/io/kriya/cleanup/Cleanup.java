package io.kriya.cleanup;

import io.kriya.database.DatabaseClock;
import io.kriya.database.availability.Deadline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.hibernate.Session;

/** Deletes expired rows in batches, with a pause after each. Rows locked by others are skipped. */
@Startup // registers the counter
@ApplicationScoped
class Cleanup {

    private static final int BATCH_SIZE = 100;

    /** A pause is this many times as long as the batch before it. */
    private static final int PAUSE_FACTOR = 4;

    private final Clock clock;
    private final DatabaseClock databaseClock;
    private final Counter deletedTokens;

    record Batch(int size, OffsetDateTime end) {}

    Cleanup(Clock clock, DatabaseClock databaseClock, MeterRegistry meters) {
        this.clock = clock;
        this.databaseClock = databaseClock;
        deletedTokens = Counter.builder("kriya.tokens.cleaned.up")
                .description("Expired tokens that were deleted.")
                .register(meters);
    }

    /**
     * Deletes batches until no unlocked expired row is left, or until the thread is interrupted.
     *
     * @return the number of deleted rows
     */
    long run(CleanupTask task) {
        long total = 0;
        Batch batch = new Batch(BATCH_SIZE, OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
        while (true) {
            long start = System.nanoTime();
            // Starts at the end of the last batch: PostgreSQL reads past deleted rows while an old snapshot is open.
            batch = delete(task, batch.end());
            total += batch.size();
            if (task.table().equals("tokens")) {
                deletedTokens.increment(batch.size());
            }
            if (batch.size() < BATCH_SIZE) {
                return total;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(PAUSE_FACTOR * (System.nanoTime() - start));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return total;
            }
        }
    }

    /**
     * A transaction for each batch keeps locks short. ArC intercepts this method although {@link #run} is in the same
     * class.
     */
    @Deadline
    @Transactional
    Batch delete(CleanupTask task, OffsetDateTime from) {
        return Panache.getEntityManager()
                .unwrap(Session.class)
                .doReturningWork(connection -> delete(task, from, connection));
    }

    private Batch delete(CleanupTask task, OffsetDateTime from, Connection connection) throws SQLException {
        // This machine's clock may have been set since the last health check.
        databaseClock.compare(connection);
        try (var statement = connection.prepareStatement(task.sql())) {
            statement.setObject(1, from);
            statement.setObject(2, clock.instant().minus(task.retention()).atOffset(ZoneOffset.UTC));
            statement.setInt(3, BATCH_SIZE);
            try (var rows = statement.executeQuery()) {
                int size = 0;
                OffsetDateTime end = from;
                for (; rows.next(); size++) {
                    OffsetDateTime time = rows.getObject(1, OffsetDateTime.class);
                    end = time.isAfter(end) ? time : end;
                }
                return new Batch(size, end);
            }
        }
    }
}
