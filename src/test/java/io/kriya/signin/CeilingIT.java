package io.kriya.signin;

import static io.kriya.Deployment.id;
import static io.kriya.Deployment.json;
import static io.kriya.Deployment.number;
import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Deployment;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What bounds a day, what becomes of what is over, and settings that others keep at their defaults. */
class CeilingIT {

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void oneReplicaRuns() {
        kriya = Deployment.start(
                1,
                Map.of(
                        "SMS_LIMIT_COUNTRY", "20/24h",
                        "SMS_LIMIT_TOTAL", "30/24h",
                        "ACCOUNT_DORMANT_DAYS", "0",
                        "TOKEN_CLEANUP_MINUTES", "1",
                        "PLANE_EMAIL", "any"));
    }

    @BeforeEach
    void nothingHasBeenSentToday() {
        kriya.database.execute("delete from limits; delete from cooldowns");
    }

    private static String indian() {
        return "+9198" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
    }

    private static List<Integer> register(int count, Supplier<String> number) {
        return IntStream.range(0, count)
                .mapToObj(_ -> kriya.register(number.get()).statusCode())
                .toList();
    }

    private static double limited(String limit) {
        return kriya.one().metric("kriya_limited_total{limit=\"" + limit + "\"}");
    }

    private static String tokenWithEmail(String number, String email) {
        String id = id(kriya.post(
                "/api/auth/register",
                "{\"phone_number\": \"%s\", \"first_name\": \"Ada\", \"email\": \"%s\"}".formatted(number, email)));
        return json(kriya.verify(id, kriya.codeOf(number))).getString("token");
    }

    private static String seenByPlane(String field, String token) {
        return json(kriya.one().validate(token)).getString("user." + field);
    }

    @Test
    void planeGetsAnUnverifiedEmailWherePlaneEmailIsAny() {
        String token = tokenWithEmail(number(), "ada@example.com");
        assertThat(seenByPlane("email", token)).isEqualTo("ada@example.com");
    }

    @Test
    void planeGetsTheVerifiedEmailBeforeAnyOther() {
        String number = number();
        String token = tokenWithEmail(number, "typed@example.com");
        kriya.database.execute(
                "update users set verified_email = 'verified@example.com' where phone_number = '" + number + "'");
        await("the verified email")
                .untilAsserted(() -> assertThat(seenByPlane("email", token)).isEqualTo("verified@example.com"));
    }

    @Test
    void anAccountNeverBecomesDormantWhereItsDaysAreZero() {
        String number = number();
        String token = kriya.tokenOf(number);
        kriya.database.execute("update users set last_login_at = now() - interval '4000 days'");
        assertThat(seenByPlane("id", kriya.tokenOf(number))).isEqualTo(seenByPlane("id", token));
    }

    @Test
    void aCountryHasACeiling() {
        double before = limited("country");
        // Half of a limit may come at once.
        assertThat(Collections.frequency(register(12, Deployment::number), 202)).isEqualTo(10);
        assertThat(limited("country") - before).isEqualTo(2);
    }

    @Test
    void allCountriesTogetherHaveACeiling() {
        double before = limited("total");
        register(10, Deployment::number);
        assertThat(Collections.frequency(register(12, CeilingIT::indian), 202)).isEqualTo(5);
        assertThat(limited("total") - before).isEqualTo(7);
    }

    @Test
    void aMetricTellsHowMuchOfTheDayIsUsed() {
        register(10, Deployment::number);
        assertThat(kriya.one().metric("kriya_sms_total_used")).isBetween(0.6, 0.7);
    }

    /** A grant is kept for ten minutes more: a code that is shown again still ends what came of it. */
    @Test
    void whatIsOverIsCleanedUpAndGrantsLater() {
        kriya.tokenOf(number());
        kriya.register(number());
        kriya.database.execute("update challenges set expires_at = now()");
        kriya.database.execute("update limits set paid_at = now()");
        kriya.database.execute("update messages set created_at = now() - interval '91 days'");
        kriya.database.execute("""
                insert into grants (id, code_hash, user_id, client_id, redirect_uri, created_at, expires_at)
                select gen_random_uuid(), sha256(cast(cast(n as text) as bytea)), u.id, 'plane', 'https://plane.example.com/',
                    now() - interval '20 minutes', now() - n * interval '1 minute'
                from (select id from users limit 1) u, generate_series(5, 15, 10) n""");
        await("the clean-up")
                .until(() -> kriya.database.count("select (select count(*) from challenges)"
                                        + " + (select count(*) from limits) + (select count(*) from messages)")
                                == 0
                        && kriya.database.count("select count(*) from grants") == 1);
        assertThat(kriya.database.count("select count(*) from grants where expires_at > now() - interval '10 minutes'"))
                .isEqualTo(1);
        kriya.one().awaitLog("records of old messages");
    }
}
