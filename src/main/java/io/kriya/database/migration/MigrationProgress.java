package io.kriya.database.migration;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Logs the progress of migrations every few seconds. Flyway itself only logs when one begins. */
final class MigrationProgress implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MigrationProgress.class);
    private static final int PERIOD_SECONDS = 5;
    private static final String UNKNOWN = "its progress is not known";

    /** The size of the database, and the indexes that are being created. */
    private static final String PROGRESS = """
            select 'the database has ' || pg_size_pretty(pg_database_size(current_database())) || coalesce(
                (select string_agg(format(', an index of %s: %s, %s %%', relid::regclass, phase, coalesce(
                    100 * blocks_done / nullif(blocks_total, 0), 100 * tuples_done / nullif(tuples_total, 0), 0)), '')
                from pg_stat_progress_create_index where datname = current_database()), '')
            """;

    private final DataSource database;
    private final Instant begin = Instant.now();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("migration-progress").factory());

    MigrationProgress(DataSource database) {
        this.database = database;
        scheduler.scheduleWithFixedDelay(this::log, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void log() {
        String progress = progress();
        if (!scheduler.isShutdown()) {
            LOG.infof(
                    "Migrating, or waiting for another replica that does, for %d s: %s",
                    Duration.between(begin, Instant.now()).toSeconds(), progress);
        }
    }

    private String progress() {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(PROGRESS)) {
            return rows.next() ? rows.getString(1) : UNKNOWN;
        } catch (SQLException _) {
            // If the database is lost, the migration itself fails.
            return UNKNOWN;
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
