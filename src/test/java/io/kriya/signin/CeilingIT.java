package io.kriya.signin;

import static io.kriya.Deployment.id;
import static io.kriya.Deployment.json;
import static io.kriya.Deployment.number;
import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What bounds a day, and what becomes of what is over. */
class CeilingIT {

    private static String indian() {
        return "+9198" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
    }

    private static List<Integer> register(Deployment kriya, int count, java.util.function.Supplier<String> number) {
        return IntStream.range(0, count)
                .mapToObj(_ -> kriya.register(number.get()).statusCode())
                .toList();
    }

    @Test
    void aCountryAndADayHaveTheirCeilingsAndWhatExpiresIsCleanedUp() {
        var settings = Map.of(
                "SMS_LIMIT_COUNTRY", "20/24h",
                "SMS_LIMIT_TOTAL", "30/24h",
                "ACCOUNT_DORMANT_DAYS", "0",
                "PLANE_EMAIL", "any");
        try (var kriya = Deployment.start(1, settings)) {
            String number = number();
            String id = id(kriya.post(
                    "/api/auth/register",
                    "{\"phone_number\": \"%s\", \"first_name\": \"Ada\", \"email\": \"ada@example.com\"}"
                            .formatted(number)));
            String token = json(kriya.verify(id, kriya.codeOf(number))).getString("token");
            assertThat(json(kriya.one().validate(token)).getString("user.email"))
                    .as("PLANE_EMAIL=any")
                    .isEqualTo("ada@example.com");
            kriya.database.execute("update users set last_login_at = now() - interval '4000 days'");
            String again = kriya.tokenOf(number);
            assertThat(json(kriya.one().validate(again)).getString("user.id"))
                    .as("ACCOUNT_DORMANT_DAYS=0")
                    .isEqualTo(json(kriya.one().validate(token)).getString("user.id"));

            // Half of a limit may come at once; two messages were sent.
            assertThat(Collections.frequency(register(kriya, 12, Deployment::number), 202))
                    .isEqualTo(8);
            assertThat(kriya.one().metric("kriya_sms_total_used")).isBetween(0.6, 0.7);
            assertThat(Collections.frequency(register(kriya, 12, CeilingIT::indian), 202))
                    .isEqualTo(5);
            assertThat(kriya.one().metric("kriya_limited_total{limit=\"country\"}"))
                    .isEqualTo(4);
            assertThat(kriya.one().metric("kriya_limited_total{limit=\"total\"}"))
                    .isEqualTo(7);

            kriya.database.execute("update challenges set expires_at = now()");
            kriya.database.execute("update limits set paid_at = now()");
            kriya.database.execute("update messages set created_at = now() - interval '91 days'");
            kriya.database.execute("""
                    insert into grants (id, code_hash, user_id, client_id, redirect_uri, created_at, expires_at)
                    select gen_random_uuid(), sha256(cast(cast(n as text) as bytea)), u.id, 'plane', 'https://plane.example.com/',
                        now() - interval '20 minutes', now() - n * interval '1 minute'
                    from (select id from users limit 1) u, generate_series(5, 15, 10) n""");
            var environment = kriya.environment();
            environment.put("TOKEN_CLEANUP_MINUTES", "1");
            try (var cleaning = KriyaProcess.start(environment)) {
                await("the clean-up")
                        .until(() -> kriya.database.count("select (select count(*) from challenges)"
                                        + " + (select count(*) from limits) + (select count(*) from messages)")
                                == 0);
                cleaning.awaitLog("records of old messages");
                await("that of grants").until(() -> kriya.database.count("select count(*) from grants") == 1);
                // A code that is shown again still ends what came of it.
                assertThat(kriya.database.count(
                                "select count(*) from grants where expires_at > now() - interval '10 minutes'"))
                        .isEqualTo(1);
            }
        }
    }
}
