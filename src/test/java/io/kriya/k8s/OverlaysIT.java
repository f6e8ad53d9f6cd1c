package io.kriya.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Probe;
import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import io.kriya.sms.FakeGateway;
import java.net.URLEncoder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Kriya started with the environment that an overlay gives its container; only the database and the ports are the test's. */
class OverlaysIT {

    /** What an operator and CloudNativePG put into the cluster. */
    static final Map<String, Map<String, String>> TEST_SECRETS = Map.of(
            "kriya-secrets",
            Map.of(
                    "PLANE_API_KEY", Api.KEY,
                    "SECRET_KEY", "a-secret-key-of-the-tests-of-32-characters",
                    "OAUTH_CLIENT_SECRET", "a-client-secret-of-the-tests-of-40-characters",
                    "TWILIO_ACCOUNT_SID", FakeGateway.ACCOUNT_SID,
                    "TWILIO_AUTH_TOKEN", FakeGateway.AUTH_TOKEN),
            "kriya-db-app",
            Map.of("uri", "postgresql://kriya:s3cret@kriya-db-rw.kriya:5432/kriya"));

    @Test
    void kriyaRunsAsInDevelopment() {
        var overlay = Overlay.dev();
        try (var kriya = start(overlay, overlay.secrets(), Map.of())) {
            assertThat(kriya.register(Api.number()).statusCode()).isEqualTo(200);
            assertThatItServes(kriya, overlay);
            assertThat(kriya.log()).contains("DEBUG");
        }
    }

    @Test
    void kriyaRunsAsInProduction() {
        var overlay = Overlay.production();
        try (var gateway = FakeGateway.start();
                var kriya = start(overlay, TEST_SECRETS, Map.of("TWILIO_BASE_URL", gateway.url()))) {
            assertThat(kriya.register("+12025550147").statusCode()).isEqualTo(202);
            assertThat(gateway.last().to()).isEqualTo("+12025550147");
            assertThatItServes(kriya, overlay);
            assertThat(kriya.log()).startsWith("{");
            var answer = kriya.send(kriya.request("/health")
                    .header("Origin", overlay.settings().getData().get("ALLOWED_ORIGINS"))
                    .build());
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isPresent();
        }
    }

    @Test
    void thePageOpensForThePlaneOfProduction() {
        var overlay = Overlay.production();
        var settings = overlay.settings().getData();
        try (var gateway = FakeGateway.start();
                var kriya = start(overlay, TEST_SECRETS, Map.of("TWILIO_BASE_URL", gateway.url()))) {
            var page = kriya.get("/oauth/authorize?response_type=code&scope=read_user&state="
                    + "0123456789abcdef0123456789abcdef&client_id=" + settings.get("OAUTH_CLIENT_ID")
                    + "&redirect_uri=" + URLEncoder.encode(settings.get("OAUTH_REDIRECT_URIS"), UTF_8));
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        }
    }

    private static KriyaProcess start(
            Overlay overlay, Map<String, Map<String, String>> secrets, Map<String, String> settings) {
        String database = TestPostgres.database().url();
        migrate(overlay, secrets, database);
        var environment = overlay.environment(secrets);
        environment.put("DATABASE_URL", database);
        // Where the overlay does not set it, the default holds, not that of the other tests.
        environment.putIfAbsent("LOG_FORMAT", null);
        environment.putAll(settings);
        return KriyaProcess.start(environment);
    }

    private static void migrate(Overlay overlay, Map<String, Map<String, String>> secrets, String database) {
        var container = overlay.migrate();
        var environment = overlay.environment(container, secrets);
        environment.put("DATABASE_URL", database);
        try (var migrate = KriyaProcess.command(environment, container.getArgs().toArray(String[]::new))) {
            assertThat(migrate.awaitExit()).as(migrate.log()).isZero();
        }
    }

    private static void assertThatItServes(KriyaProcess kriya, Overlay overlay) {
        var container = overlay.kriya();
        assertThat(Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                        .map(Probe::getHttpGet))
                .allSatisfy(probe ->
                        assertThat(kriya.get(probe.getPath()).statusCode()).isEqualTo(200));
    }
}
