package io.kriya.cleanup;

import io.agroal.api.AgroalDataSource;
import io.kriya.database.DatabaseClock;
import io.kriya.database.availability.DatabaseUnavailable;
import io.kriya.database.availability.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;

/** Compares the clocks before anything is deleted by them: this machine's may have been set since a probe asked. */
@ApplicationScoped
public class ClockComparison {

    private final AgroalDataSource database;
    private final DatabaseClock clock;

    ClockComparison(AgroalDataSource database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Deadline
    public void run() {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            Instant before = Instant.now();
            try (var row = statement.executeQuery("select clock_timestamp()")) {
                row.next();
                clock.compare(before, row.getTimestamp(1).toInstant());
            }
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(failure);
        }
    }
}
