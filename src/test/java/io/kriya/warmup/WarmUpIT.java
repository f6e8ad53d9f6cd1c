package io.kriya.warmup;

import static io.kriya.Deployment.SECRET_KEY;
import static io.kriya.Deployment.codeIn;
import static io.kriya.Deployment.number;
import static io.kriya.KriyaProcess.tokenOf;
import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.FifthOfACore;
import io.kriya.KriyaProcess;
import io.kriya.Patience;
import io.kriya.TestPostgres;
import io.kriya.oauth.Plane;
import io.kriya.sms.FakeGateway;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The warm-up of a start. */
class WarmUpIT {

    private static final Duration LONG = Duration.ofMinutes(4);

    /** As it starts in production, without the classes and the compiler that spare tests time. */
    private static final String[] COLD = {
        "-XX:SharedArchiveFile=" + Path.of(System.getProperty("java.home"), "lib", "server", "classes.jsa"),
        "-XX:TieredStopAtLevel=4"
    };

    private final TestPostgres.Database database = TestPostgres.database();
    private final FakeGateway gateway = FakeGateway.start();

    @AfterEach
    void theGatewayEnds() {
        gateway.close();
    }

    private KriyaProcess launch(String... options) {
        Map<String, String> environment = KriyaProcess.environment(database);
        environment.putAll(Api.CLIENT);
        environment.putAll(gateway.webhook());
        environment.put("PHONE_VERIFICATION", "sms");
        environment.put("SMS_COUNTRIES", "US");
        environment.put("SECRET_KEY", SECRET_KEY);
        return KriyaProcess.launch(environment, options);
    }

    @Test
    void onAFifthOfACoreTheFirstRequestsAreAnsweredInTime() {
        try (var core = FifthOfACore.make();
                var kriya = KriyaProcess.isNative() ? launch() : launch(COLD)) {
            core.take(kriya);
            await("readiness").atMost(Patience.of(LONG)).until(kriya::isReady);

            String number = number();
            var registered = kriya.post(
                    "/api/auth/register", "{\"phone_number\": \"%s\", \"first_name\": \"Ada\"}".formatted(number));
            assertThat(registered.statusCode()).isEqualTo(202);
            var verified = kriya.post(
                    "/api/auth/verify",
                    "{\"verification_id\": \"%s\", \"code\": \"%s\"}"
                            .formatted(
                                    JsonPath.from(registered.body()).getString("verification.id"),
                                    codeIn(gateway.received().getLast())));
            assertThat(verified.statusCode()).isEqualTo(200);
            assertThat(kriya.letsIn(tokenOf(verified))).isTrue();
            var page = kriya.get("/oauth/authorize?" + Plane.query(Plane.state()));
            assertThat(page.statusCode()).isEqualTo(200);

            assertThat(core.throttled()).isPositive();
            assertThat(database.query("select result from messages")).isEqualTo("sent");
            assertThat(kriya.log())
                    .doesNotContain("unavailable", " 503 ", "could not be recorded", "The first requests may be slow");
        }
    }

    @Test
    void aWarmUpChangesNoRow() {
        try (var kriya = launch()) {
            kriya.awaitAnswer();
            for (String table : new String[] {
                "users", "tokens", "challenges", "limits", "cooldowns", "devices", "messages", "grants", "notices"
            }) {
                assertThat(database.count("select count(*) from " + table))
                        .as(table)
                        .isZero();
            }
            assertThat(gateway.received()).isEmpty();
            assertThat(kriya.metrics()
                            .lines()
                            .filter(line -> line.matches("kriya_(registrations|verifications|validations|limited|logins"
                                    + "|sms_sends|token_cache_(hits|misses))_total.*"))
                            .toList())
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith(" 0.0"));
            assertThat(kriya.log()).doesNotContain("The first requests may be slow");
        }
    }

    @Test
    void aBusyDatabaseDelaysNoStart() throws Exception {
        try (var kriya = launch()) {
            kriya.awaitAnswer();
        }
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table challenges in access exclusive mode");
            try (var kriya = launch()) {
                await("readiness").atMost(Patience.of(LONG)).until(kriya::isReady);
                assertThat(kriya.log().contains("The first requests may be slow"))
                        .isEqualTo(!KriyaProcess.isNative());
            }
        }
    }
}
