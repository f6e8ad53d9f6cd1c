package io.kriya.database;

import io.agroal.api.AgroalDataSource;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.runtime.PreventFurtherStepsException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jboss.logging.Logger;

/** Waits for a database that is not up yet, and gives the migrations a connection of their own. */
@Singleton
class DatabaseStart implements FlywayConfigurationCustomizer {

    private static final Logger LOG = Logger.getLogger(DatabaseStart.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    /** Any number that no other program locks in this database: "kriya" in ASCII. */
    private static final long HISTORY_LOCK = 0x6b72697961L;

    private static final String HISTORY =
            "select from pg_tables where schemaname = current_schema() and tablename = 'flyway_schema_history'";

    private final AgroalDataSource pool;
    private final DatabaseConfig config;

    DatabaseStart(AgroalDataSource pool, DatabaseConfig config) {
        this.pool = pool;
        this.config = config;
    }

    @Override
    public void customize(FluentConfiguration flyway) {
        // Not the pool's: a migration may take longer than the statement of a request.
        DataSource plain = PlainDataSource.of(pool);
        waitFor(plain);
        flyway.dataSource(plain);
        // Another replica's migration may take its time; this one waits as long as it lasts.
        flyway.lockRetryCount(-1);
        // The role's name, which it would write down, may hold quotes, and it does not double them.
        flyway.installedBy("kriya");
        createHistory(flyway);
    }

    /**
     * Flyway locks its history, but not the moment in which it creates it: of replicas that start at once on a new database, one
     * would fail. The lock is a transaction's, which a pooler in between keeps together, and is not waited for in one, which
     * would keep a connection of the pooler's from the replica that has it.
     */
    private static void createHistory(FluentConfiguration flyway) {
        try (var connection = flyway.getDataSource().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!answers(statement, "select where pg_try_advisory_xact_lock(%d)".formatted(HISTORY_LOCK))) {
                connection.rollback();
                pause();
            }
            if (!answers(statement, HISTORY)) {
                // A database of the service that Kriya replaces has tables already.
                flyway.load().baseline();
            }
            connection.commit();
        } catch (SQLException failed) {
            throw unusable(failed);
        }
    }

    private static boolean answers(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static PreventFurtherStepsException unusable(SQLException failed) {
        return new PreventFurtherStepsException(
                "DATABASE_URL: the database can't be used: " + Outage.reason(failed), 1);
    }

    private void waitFor(DataSource database) {
        Instant end = Instant.now().plusSeconds(config.waitSeconds());
        while (true) {
            try (var connection = database.getConnection()) {
                LOG.debugf(
                        "The database is PostgreSQL %s",
                        connection.getMetaData().getDatabaseProductVersion());
                return;
            } catch (SQLException refused) {
                if (!isWorthWaiting(refused) || Instant.now().isAfter(end)) {
                    throw unusable(refused);
                }
                LOG.warnf(
                        "The database is not up yet, trying again in %d s: %s",
                        BETWEEN_TRIES.toSeconds(), Outage.reason(refused));
            }
            pause();
        }
    }

    /** A wrong password or a missing database is not mended by waiting. */
    private static boolean isWorthWaiting(SQLException refused) {
        String state = String.valueOf(refused.getSQLState());
        return DatabaseUnavailable.isCauseOf(refused) && !state.startsWith("28") && !state.startsWith("3D");
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
