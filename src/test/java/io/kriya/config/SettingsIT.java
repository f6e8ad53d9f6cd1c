package io.kriya.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsIT {

    private static final Map<String, String> SOUND =
            Map.of("DATABASE_URL", "postgresql://nobody:s3cret@127.0.0.1:1/nothing", "PLANE_API_KEY", Api.KEY);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TOKEN_EXPIRY_HOURS | s3cret",
                "LOG_FORMAT | JSON",
                "OTEL_EXPORTER_OTLP_ENDPOINT | http://u:s3cret@c",
                "HOST | s3cret.invalid",
                "DEBUG | s3cret",
                "PLANE_API_KEY | fifteen s3cret.",
                "ALLOWED_ORIGINS | https://s3cret.example.com/path",
                "DATABASE_URL | postgresql://u:s3cret@h:port/d",
                "DATABASE_URL | postgresql://u:s3cret@h/d?sslmode=s3cret"
            })
    void aBadValueStopsTheStartWithOneSentenceThatNamesItsVariable(String name, String value) {
        var environment = new java.util.HashMap<>(SOUND);
        environment.put(name, value);
        assertRefused(environment, name + " takes ");
    }

    @ParameterizedTest
    @CsvSource({"9000, ''", "8001, 8001", "'', 8001"})
    void theServiceAndItsMetricsAreNotOnOnePort(String port, String managementPort) {
        var environment = new java.util.HashMap<>(SOUND);
        environment.put("PORT", port.isEmpty() ? null : port);
        environment.put("MANAGEMENT_PORT", managementPort.isEmpty() ? null : managementPort);
        assertRefused(environment, "MANAGEMENT_PORT takes another port than PORT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATABASE_URL", "PLANE_API_KEY"})
    void productionRefusesToStartWithout(String name) {
        var environment = new java.util.HashMap<>(SOUND);
        environment.remove(name);
        assertRefused(environment, name + " is required");
    }

    @Test
    void productionRefusesToVerifyPhonesWithoutAKeyOfItsOwn() {
        var environment = new java.util.HashMap<>(SOUND);
        environment.putAll(Map.of(
                "PHONE_VERIFICATION", "sms",
                "SMS_COUNTRIES", "US",
                "SMS_SENDERS", "webhook",
                "SMS_WEBHOOK_URL", "https://sms.example.com",
                "SMS_WEBHOOK_SECRET", "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"));
        assertRefused(environment, "SECRET_KEY is required with PHONE_VERIFICATION=sms");
    }

    @Test
    void productionRefusesToWriteCodesIntoTheLog() {
        var environment = new java.util.HashMap<>(SOUND);
        environment.put("PHONE_VERIFICATION", "sms");
        environment.put("SMS_COUNTRIES", "US");
        environment.put("SECRET_KEY", "a-s3cret-key-of-32-characters-or-more");
        environment.put("SMS_SENDERS", "log");
        assertRefused(environment, "SMS_SENDERS takes ");
    }

    @Test
    void theOwnNameOfAKeyIsNoWayAround() {
        var environment = new java.util.HashMap<>(SOUND);
        environment.put("PHONE_VERIFICATION", "sms");
        environment.put("SMS_COUNTRIES", "US");
        environment.put("SECRET_KEY", "a-s3cret-key-of-32-characters-or-more");
        environment.put("KRIYA_SMS_SENDERS", "log");
        assertRefused(environment, "SMS_SENDERS takes ");
    }

    @Test
    void productionRefusesHalfAClientAlsoByTheOwnNameOfAKey() {
        var environment = new java.util.HashMap<>(SOUND);
        environment.put("KRIYA_OAUTH_CLIENT_SECRET", "a-s3cret-of-32-characters-or-more-x");
        environment.put("OAUTH_REDIRECT_URIS", Api.CALLBACK);
        environment.put("PUBLIC_URL", "https://login.example.com");
        assertRefused(environment, "OAUTH_CLIENT_ID is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PORT", "MANAGEMENT_PORT"})
    void aTakenPortStopsTheStartBeforeTheDatabaseIsTouched(String name) throws Exception {
        var database = TestPostgres.database();
        var environment = KriyaProcess.environment(database);
        try (var other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            environment.put(name, Integer.toString(other.getLocalPort()));
            assertRefused(environment, name + " is " + other.getLocalPort() + ", which can't be listened on");
        }
        assertThat(database.count("select count(*) from pg_tables where schemaname = 'public'"))
                .isZero();
    }

    private static void assertRefused(Map<String, String> environment, String start) {
        try (var kriya = KriyaProcess.launch(environment)) {
            assertThat(kriya.awaitExit()).as(kriya.log()).isEqualTo(1);
            assertThat(kriya.log().strip().lines()).as(kriya.log()).hasSize(1);
            assertThat(kriya.log()).startsWith(start).doesNotContain("s3cret").doesNotContain("Exception");
        }
    }

    @Test
    void everySettingIsTakenFromTheEnvironment() {
        var database = TestPostgres.database();
        var environment = KriyaProcess.environment(database);
        environment.putAll(Map.of(
                "TOKEN_EXPIRY_HOURS", "1",
                "TOKEN_RETENTION_HOURS", "2",
                "TOKEN_CLEANUP_MINUTES", "5",
                "PLANE_API_KEY_PREVIOUS", Api.PREVIOUS_KEY,
                "ALLOWED_ORIGINS", "https://a.example.com, https://b.example.com",
                "SECRET_KEY", "a-secret-key-that-nothing-needs-yet",
                "DEBUG", "Yes",
                "DATABASE_POOL_SIZE", "3",
                "DATABASE_TIMEOUT_MILLIS", "900",
                "DATABASE_WAIT_SECONDS", "5"));
        try (var kriya = KriyaProcess.start(environment)) {
            assertThat(kriya.register(Api.number()).statusCode()).isEqualTo(200);
            assertThat(database.query("select expires_at - created_at from tokens"))
                    .isEqualTo("01:00:00");
            assertThat(kriya.log()).contains("DEBUG", "Registered +1");
            var allowed = kriya.send(kriya.request("/health")
                    .header("Origin", "https://b.example.com")
                    .build());
            assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("https://b.example.com");
        }
    }

    @Test
    void theExampleOfAFileStartsWithADatabaseAndAKey(@TempDir Path folder) throws Exception {
        String example = Files.readString(Path.of(".env.example"));
        assertThat(example.lines().filter(line -> !line.startsWith("#") && !line.isBlank()))
                .as("what dev mode would take for its own")
                .isEmpty();
        Files.writeString(
                folder.resolve(".env"),
                example.replaceFirst(
                                "(?m)^#DATABASE_URL=.*",
                                "DATABASE_URL=" + TestPostgres.database().url())
                        .replace("\n#PLANE_API_KEY=\n", "\nPLANE_API_KEY=a-key-without-signs\n"));
        try (var kriya = KriyaProcess.launchIn(folder, Map.of())) {
            kriya.awaitAnswer();
            assertThat(kriya.register(Api.number()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aFileIsReadAndTheEnvironmentWins(@TempDir Path folder) throws Exception {
        var database = TestPostgres.database();
        Files.writeString(
                folder.resolve(".env"),
                "DATABASE_URL=\"" + database.url()
                        + "\"\nPLANE_API_KEY=a-key-that-the-environment-replaces\nTOKEN_EXPIRY_HOURS=2\n");
        try (var kriya = KriyaProcess.launchIn(folder, Map.of("PLANE_API_KEY", Api.KEY))) {
            kriya.awaitAnswer();
            assertThat(kriya.register(Api.number()).statusCode()).isEqualTo(200);
            assertThat(database.query("select expires_at - created_at from tokens"))
                    .isEqualTo("02:00:00");
            assertThat(kriya.validate("x").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void thePasswordOfTheDatabaseMayHoldAnything() {
        var database = TestPostgres.database();
        database.execute("create role \"o'r\" superuser login");
        try (var kriya = KriyaProcess.start(Map.of(
                "DATABASE_URL",
                "postgres://o%27r:p%40ss%3Aw%2Frd%25%3F%23%24%7Bx%7D%5C%24@localhost:" + database.port() + "/"
                        + database.name()
                        + "?sslmode=disable&application_name=front%20desk&connect_timeout=5&options=-c%20work_mem%3D8MB",
                "PLANE_API_KEY",
                Api.KEY))) {
            assertThat(kriya.register(Api.number()).statusCode()).isEqualTo(200);
            assertThat(database.count("select count(*) from pg_stat_activity where usename = 'o''r'"
                            + " and application_name = 'front desk' and datname = '" + database.name() + "'"))
                    .isPositive();
        }
    }

    @Test
    void quarkusOwnNamesGoOnWorkingAndWin() {
        var database = TestPostgres.database();
        try (var kriya = KriyaProcess.start(Map.of(
                "DATABASE_URL",
                "postgresql://nobody:wrong@127.0.0.1:1/nothing",
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql://localhost:" + database.port() + "/" + database.name(),
                "QUARKUS_DATASOURCE_USERNAME",
                "postgres",
                "PLANE_API_KEY",
                Api.KEY))) {
            assertThat(kriya.register(Api.number()).statusCode()).isEqualTo(200);
            assertThat(database.count("select count(*) from users")).isEqualTo(1);
        }
    }

    @Test
    void theSampleKeyAndUnverifiedNumbersAreWarnedOf() {
        var environment = KriyaProcess.environment(TestPostgres.database());
        environment.put("PLANE_API_KEY", "shared-secret-key-for-plane-kriya-communication");
        try (var kriya = KriyaProcess.start(environment)) {
            assertThat(kriya.log())
                    .contains("PLANE_API_KEY is the sample of the documentation")
                    .contains("Phone numbers are not verified (PHONE_VERIFICATION=none)")
                    .contains("anybody who knows a number gets a token for it");
        }
    }
}
