package io.kriya.database.availability;

import io.agroal.api.AgroalDataSource;
import io.kriya.database.DatabaseClock;
import io.kriya.database.Primaries;
import io.kriya.database.UnpooledDataSource;
import io.kriya.database.migration.Migrations;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The tables that this version of Kriya needs: those that its last migration leaves. */
@ApplicationScoped
public class MigrationState {

    /** A condition in SQL: the history alone may be what somebody restored. */
    public static final String HAS_TABLES = Stream.of("users", "tokens", "challenges", "limits", "messages", "grants")
            .map("to_regclass('%s') is not null"::formatted)
            .collect(Collectors.joining(" and "));

    private static final String IS_DONE =
            "select from flyway_schema_history where version = ? and success and " + HAS_TABLES;

    private final AgroalDataSource pool;
    private final DataSource database;
    private final Primaries primaries;
    private final DatabaseClock clock;

    MigrationState(AgroalDataSource pool, Primaries primaries, DatabaseClock clock) {
        this.pool = pool;
        database = UnpooledDataSource.of(pool);
        this.primaries = primaries;
        this.clock = clock;
    }

    /** Whether that migration is done in the database that the pool is connected to. */
    @Deadline(atMostMillis = 300, queues = false)
    boolean isCurrentInPool() {
        try (var connection = pool.getConnection()) {
            return isCurrent(connection);
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(failure);
        }
    }

    /**
     * Whether that migration is done in the database that answers now: another may have taken its place. Asked outside
     * of the pool, which may be full while the database is well.
     */
    @Deadline(atMostMillis = 1000, queues = false, decides = true)
    public boolean isCurrent() {
        try (var connection = database.getConnection()) {
            primaries.admit(connection);
            return isCurrent(connection);
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(failure);
        }
    }

    private boolean isCurrent(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(IS_DONE)) {
            clock.compare(connection);
            statement.setString(1, Migrations.LATEST);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
