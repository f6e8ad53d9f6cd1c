package io.kriya.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CleanupScheduleIT {

    @Test
    void expiredTokensGoAwayByThemselvesWithTwoReplicasAndLookUpsGoOn() {
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
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                assertThat(one.validate(good).body()).contains("Token is valid");
                return database.count("select count(*) from tokens") == 2;
            });
            one.awaitLog("Cleaned up ");
            two.awaitLog("Cleaned up ");
        }
    }
}
