package io.kriya.database.migration;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Tells the log every few seconds that migrations go on, and how far they are: Flyway itself tells when one begins. */
final class MigrationProgress implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MigrationProgress.class);
    private static final int PERIOD_SECONDS = 5;

    /** What the server tells of a statement under way: the pages that it has written, and the index that it makes. */
    private static final String ASK = """
            select 'the database has ' || pg_size_pretty(pg_database_size(current_database())) || coalesce(
                (select string_agg(format(', an index of %s: %s, %s %%', relid::regclass, phase, coalesce(
                    100 * blocks_done / nullif(blocks_total, 0), 100 * tuples_done / nullif(tuples_total, 0), 0)), '')
                from pg_stat_progress_create_index where datname = current_database()), '')
            """;

    private final DataSource database;
    private final Instant begin = Instant.now();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("migration-progress").factory());

    MigrationProgress(DataSource database) {
        this.database = database;
        clock.scheduleWithFixedDelay(this::tell, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void tell() {
        String howFar = howFar();
        if (!clock.isShutdown()) {
            LOG.infof(
                    "Migrating, or waiting for another replica that does, for %d s: %s",
                    Duration.between(begin, Instant.now()).toSeconds(), howFar);
        }
    }

    private String howFar() {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(ASK)) {
            return rows.next() ? rows.getString(1) : "it can't be seen how far";
        } catch (SQLException _) {
            // It is the migration that says so where the database is lost.
            return "it can't be seen how far";
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
