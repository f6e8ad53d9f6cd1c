package io.kriya.cleanup;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class CleanupScheduleIT {

    @Test
    void expiredTokensAreDeletedByTwoReplicasWhileLookUpsSucceed() {
        var database = TestPostgres.database();
        var environment = KriyaProcess.environment(database);
        environment.put("KRIYA_TOKEN_CLEANUP_JITTER_SECONDS", "1");
        environment.put("TOKEN_RETENTION_HOURS", "1");
        String good;
        try (var kriya = KriyaProcess.start(environment)) {
            good = KriyaProcess.tokenOf(kriya.register(Api.number()));
        }
        database.execute("""
                insert into tokens (id, user_id, token_hash, is_active, expires_at, created_at)
                select gen_random_uuid(), t.user_id, sha256(convert_to(gen_random_uuid()::text, 'UTF8')), true,
                    now() - interval '61 minutes', now() - interval '25 hours'
                from tokens t, generate_series(1, 30000)""");
        database.execute("""
                insert into tokens (id, user_id, token_hash, is_active, expires_at, created_at)
                select gen_random_uuid(), user_id, sha256('kept'), true, now() - interval '59 minutes', now()
                from tokens limit 1""");
        try (var one = KriyaProcess.launch(environment);
                var two = KriyaProcess.launch(environment)) {
            one.awaitAnswer();
            two.awaitAnswer();
            await().until(() -> {
                assertThat(one.validate(good).body()).contains("Token is valid");
                return database.count("select count(*) from tokens") == 2;
            });
            one.awaitLog("Cleaned up ");
            two.awaitLog("Cleaned up ");
        }
    }

    /** Rows visible to an old snapshot stay in the table; a clean-up must not read all of them in each batch. */
    @Test
    void theWorkOfACleanupIsLinearWhileAnOldSnapshotIsOpen() throws Exception {
        var database = TestPostgres.database();
        var environment = KriyaProcess.environment(database);
        environment.put("DATABASE_TIMEOUT_MILLIS", KriyaProcess.timeout(20_000));
        environment.put("TOKEN_CACHE_SIZE", "0");
        // The scheduled clean-up must not come between.
        environment.put("TOKEN_CLEANUP_MINUTES", "1440");
        try (var kriya = KriyaProcess.start(environment);
                var snapshot = database.connect();
                var statement = snapshot.createStatement()) {
            kriya.register(Api.number());
            snapshot.setAutoCommit(false);
            snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("select from tokens");
            long few = pagesToCleanUp(5_000, database, kriya);
            long many = pagesToCleanUp(20_000, database, kriya);
            // Four times the rows; it would be sixteen times the pages.
            assertThat(many).as("pages, where %d were read for a quarter", few).isLessThan(8 * few);
        }
    }

    /** Each clean-up reads the deleted rows that were not vacuumed yet. */
    @Test
    void autovacuumRunsAfterACleanupOfFewOfAllTokens() throws Exception {
        try (var server = TestPostgres.builder(TestPostgres.Version.CURRENT)
                .setServerConfig("autovacuum_naptime", "1s")
                .start()) {
            var database = TestPostgres.databaseOn(server);
            try (var kriya = KriyaProcess.start(database)) {
                kriya.register(Api.number());
                database.execute("""
                        insert into tokens (id, user_id, token_hash, is_active, expires_at, created_at)
                        select gen_random_uuid(), t.user_id, sha256(convert_to(gen_random_uuid()::text, 'UTF8')), true,
                            now() + case when i % 20 = 0 then interval '-1 day' else interval '1 day' end, now()
                        from (select user_id from tokens limit 1) t, generate_series(1, 100000) i""");
                database.execute("vacuum analyze tokens");
                String vacuums = "select autovacuum_count from pg_stat_user_tables where relname = 'tokens'";
                long before = database.count(vacuums);
                assertThat(kriya.post("/api/auth/cleanup-tokens", "").body()).contains("Cleaned up 5000");
                await("autovacuum").until(() -> database.count(vacuums) > before);
            }
        }
    }

    private static long pagesToCleanUp(int rows, TestPostgres.Database database, KriyaProcess kriya) {
        database.execute("""
                insert into tokens (id, user_id, token_hash, is_active, expires_at, created_at)
                select gen_random_uuid(), t.user_id, sha256(convert_to(gen_random_uuid()::text, 'UTF8')), true,
                    now() - interval '1 day' + i * interval '1 millisecond', now() - interval '2 days'
                from (select user_id from tokens limit 1) t, generate_series(1, %d) i""".formatted(rows));
        long before = pages(database);
        assertThat(kriya.post("/api/auth/cleanup-tokens", "").body()).contains("Cleaned up " + rows);
        return pages(database) - before;
    }

    /** A session reports its statistics when it ends. */
    private static long pages(TestPostgres.Database database) {
        String sessions = "from pg_stat_activity where datname = current_database()"
                + " and pid <> pg_backend_pid() and state = 'idle'";
        database.execute("select pg_terminate_backend(pid) " + sessions);
        await().until(() -> database.count("select count(*) " + sessions) == 0);
        return database.count("select heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read"
                + " from pg_statio_user_tables where relname = 'tokens'");
    }
}
