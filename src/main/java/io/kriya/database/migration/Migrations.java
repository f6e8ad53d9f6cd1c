package io.kriya.database.migration;

import io.agroal.api.AgroalDataSource;
import io.kriya.database.DatabaseClock;
import io.kriya.database.DatabaseConfig;
import io.kriya.database.UnpooledDataSource;
import io.kriya.database.availability.DatabaseUnavailable;
import io.kriya.database.availability.MigrationState;
import io.kriya.database.availability.Outage;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jboss.logging.Logger;

/**
 * Waits for the database and migrates its schema, before any other bean uses it at the start. Flyway is not loaded if
 * the schema is current.
 */
@Singleton
public class Migrations implements FlywayConfigurationCustomizer {

    /** Before all other observers of the start event; the scheduler's priority is 0. */
    public static final int PRIORITY = -2;

    private static final Logger LOG = Logger.getLogger(Migrations.class);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

    private static final int OLDEST_SERVER = 15;

    /** The number of the advisory lock: "kriya" in ASCII. */
    private static final long HISTORY_LOCK = 0x6b72697961L;

    private static final String HAS_HISTORY = """
            select from pg_tables where schemaname = current_schema() and tablename = 'flyway_schema_history'""";

    private static final String IS_UP_TO_DATE = """
            select from flyway_schema_history where version = '%s' and success
            and not exists (select from flyway_schema_history where not success)
            """.formatted(MigrationState.LATEST);

    private final DataSource database;
    private final DatabaseConfig config;
    private final DatabaseClock clock;
    private final Instance<Flyway> flyway;
    private final LaunchMode mode;
    private final Vertx vertx;
    private final String host;
    private final int port;

    Migrations(
            AgroalDataSource pool,
            DatabaseConfig config,
            DatabaseClock clock,
            Instance<Flyway> flyway,
            LaunchMode mode,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        // Connections of the pool have a statement timeout, which is too short for a migration.
        database = UnpooledDataSource.of(pool);
        this.config = config;
        this.clock = clock;
        this.flyway = flyway;
        this.mode = mode;
        this.vertx = vertx;
        this.host = host;
        this.port = port;
    }

    void start(@Observes @Priority(PRIORITY) StartupEvent started) {
        Instant end = Instant.now().plusSeconds(config.waitSeconds());
        while (!succeeds(end)) {
            pause();
        }
        if (config.migrateOnly()) {
            throw endOfStart("The tables are up to date.", 0);
        }
    }

    private boolean succeeds(Instant end) {
        try {
            run();
            return true;
        } catch (SQLException refused) {
            requireTemporary(refused, end);
        } catch (FlywayException failed) {
            if (!DatabaseUnavailable.isCauseOf(failed)) {
                throw unusable(reason(failed));
            }
            requireTemporary(failed, end);
        }
        return false;
    }

    private void run() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_SERVER) {
                throw unusable("PostgreSQL %d is older than %d".formatted(version, OLDEST_SERVER));
            }
            clock.compare(connection);
            boolean hasHistory = answers(statement, HAS_HISTORY);
            if (hasHistory && answers(statement, IS_UP_TO_DATE)) {
                if (!answers(statement, "select where " + MigrationState.HAS_TABLES)) {
                    throw unusable("tables are missing that its history says are there");
                }
                return;
            }
            if (!hasHistory) {
                createHistory(connection, statement);
            }
        }
        try (var _ = new MigrationProgress(database);
                var _ = probes()) {
            flyway.get().migrate();
        }
    }

    /** The health probes during the migrations; null if no service starts afterwards. */
    private MigrationProbes probes() {
        return mode == LaunchMode.NORMAL && !config.migrateOnly() ? new MigrationProbes(vertx, host, port) : null;
    }

    /**
     * Flyway creates its history table without a lock, so one of several replicas that start at the same time on a new
     * database would fail. The lock is transaction-scoped, as a pooler may change the session. It is polled in a new
     * transaction each time, as waiting would hold a connection of the pooler that the replica with the lock may need.
     */
    private void createHistory(Connection connection, Statement statement) throws SQLException {
        connection.setAutoCommit(false);
        while (!answers(statement, "select where pg_try_advisory_xact_lock(%d)".formatted(HISTORY_LOCK))) {
            connection.rollback();
            pause();
        }
        if (!answers(statement, HAS_HISTORY)) {
            // The database of the old service has tables already.
            flyway.get().baseline();
        }
        connection.commit();
    }

    private static boolean answers(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.dataSource(database);
        // Waits for another replica's migration, however long it takes.
        configuration.lockRetryCount(-1);
        // Flyway does not escape quotes in the role's name, its default.
        configuration.installedBy("kriya");
    }

    /** Throws if the time is up, or if waiting can't help, as with a wrong password or a missing database. */
    private static void requireTemporary(Exception failed, Instant end) {
        boolean isUnavailable = DatabaseUnavailable.isCauseOf(failed) && !DatabaseUnavailable.isRefusal(failed);
        if (!isUnavailable || Instant.now().isAfter(end)) {
            throw unusable(Outage.reason(failed));
        }
        LOG.warnf(
                "The database is not up yet, trying again in %d s: %s", RETRY_DELAY.toSeconds(), Outage.reason(failed));
    }

    /** The server's message, or else Flyway's, joined into one line. */
    private static String reason(FlywayException failed) {
        Throwable root = Outage.root(failed);
        return root instanceof FlywayException
                ? String.valueOf(root.getMessage()).lines().map(String::strip).collect(Collectors.joining(" "))
                : Outage.reason(root);
    }

    private static IllegalStateException unusable(String reason) {
        return endOfStart("DATABASE_URL: the database can't be used: " + reason, 1);
    }

    /** Quarkus prints the message of the cause only. Without the outer exception the process would not end. */
    private static IllegalStateException endOfStart(String sentence, int exitCode) {
        return new IllegalStateException(new PreventFurtherStepsException(sentence, exitCode));
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_DELAY);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
