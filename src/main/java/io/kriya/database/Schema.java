package io.kriya.database;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The tables that this version of Kriya needs: those that its last migration leaves. */
@ApplicationScoped
class Schema {

    /** A condition in SQL: the history alone may be what somebody restored. */
    static final String HAS_TABLES = Stream.of("users", "tokens", "challenges", "limits", "messages", "grants")
            .map("to_regclass('%s') is not null"::formatted)
            .collect(Collectors.joining(" and "));

    private static final String IS_DONE =
            "select from flyway_schema_history where version = ? and success and " + HAS_TABLES;

    private final DataSource database;
    private final Primaries primaries;

    Schema(AgroalDataSource pool, Primaries primaries) {
        database = PlainDataSource.of(pool);
        this.primaries = primaries;
    }

    /**
     * Whether that migration is done in the database that answers now: another may have taken its place. Asked outside
     * of the pool, which may be full while the database is well.
     */
    @Deadline(atMostMillis = 1000, queues = false, decides = true)
    boolean isCurrent() {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(IS_DONE)) {
            primaries.admit(connection);
            statement.setString(1, Migrations.LATEST);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(failure);
        }
    }
}
