package io.kriya.database;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** The tables that this version of Kriya needs: those that its last migration leaves. */
@ApplicationScoped
class Schema {

    private static final String IS_DONE = "select from flyway_schema_history where version = ? and success";

    private final DataSource database;
    private final Flyway flyway;
    private volatile String version;

    Schema(AgroalDataSource pool, Flyway flyway) {
        database = PlainDataSource.of(pool);
        this.flyway = flyway;
    }

    /** By now they are done, or the start would have failed; a newer version of Kriya may have done more. */
    void findVersion(@Observes StartupEvent started) {
        version = Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .max(MigrationVersion::compareTo)
                .orElseThrow()
                .getVersion();
    }

    /** The last migration of this version of Kriya; empty until it is done. */
    Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /**
     * Whether that migration is done in the database that answers now: another may have taken its place. Asked outside of the
     * pool, which may be full while the database is well.
     */
    @Deadline(atMostMillis = 1000, decides = true)
    boolean isCurrent() {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(IS_DONE)) {
            statement.setString(1, version);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(failure);
        }
    }
}
