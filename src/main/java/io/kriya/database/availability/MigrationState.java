package io.kriya.database.availability;

import io.agroal.api.AgroalDataSource;
import io.kriya.database.DatabaseClock;
import io.kriya.database.Primaries;
import io.kriya.database.UnpooledDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Checks that the database has the schema of this version of Kriya. */
@ApplicationScoped
public class MigrationState {

    /** The version of the latest migration. */
    public static final String LATEST = "21.2";

    /** A condition in SQL: a restored database may have the history without the tables. */
    public static final String HAS_TABLES = Stream.of(
                    "users",
                    "tokens",
                    "challenges",
                    "limits",
                    "messages",
                    "grants",
                    "cooldowns",
                    "devices",
                    "duplicate_numbers",
                    "invited_numbers",
                    "notices")
            .map("to_regclass('%s') is not null"::formatted)
            .collect(Collectors.joining(" and "));

    private static final String IS_CURRENT =
            "select clock_timestamp() from flyway_schema_history where version = ? and success and " + HAS_TABLES;

    private final AgroalDataSource pool;
    private final DataSource unpooled;
    private final Primaries primaries;
    private final DatabaseClock clock;

    MigrationState(AgroalDataSource pool, Primaries primaries, DatabaseClock clock) {
        this.pool = pool;
        unpooled = UnpooledDataSource.of(pool);
        this.primaries = primaries;
        this.clock = clock;
    }

    /** Checks over a connection of the pool. */
    @Deadline(atMostMillis = 300, queues = false)
    boolean isCurrentInPool() {
        try (var connection = pool.getConnection()) {
            return isCurrent(connection);
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(failure);
        }
    }

    /** Checks over a new connection: the pool may be exhausted, or connected to a former primary. */
    @Deadline(atMostMillis = 1000, queues = false, probe = true)
    boolean isCurrent() {
        try (var connection = unpooled.getConnection()) {
            primaries.admit(connection);
            return isCurrent(connection);
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(failure);
        }
    }

    private boolean isCurrent(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(IS_CURRENT)) {
            statement.setString(1, LATEST);
            Instant before = Instant.now();
            try (var rows = statement.executeQuery()) {
                boolean isCurrent = rows.next();
                if (isCurrent) {
                    clock.compare(before, rows.getTimestamp(1).toInstant());
                }
                return isCurrent;
            }
        }
    }
}
