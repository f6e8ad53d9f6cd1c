package io.kriya.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureIT {

    private static final String DATABASE_URL = "postgresql://nobody:s3cret@127.0.0.1:1/nothing";

    private static List<String> sentences(Path folder, Map<String, String> environment) {
        try (var kriya = KriyaProcess.launchIn(folder, environment)) {
            assertThat(kriya.awaitExit()).as(kriya.log()).isEqualTo(1);
            assertThat(kriya.log())
                    .doesNotContain("s3cret")
                    .doesNotContain("Exception")
                    .doesNotContain("\tat ");
            return kriya.log().strip().lines().toList();
        }
    }

    private static Map<String, String> sound() {
        return new HashMap<>(Map.of("DATABASE_URL", DATABASE_URL, "PLANE_API_KEY", Api.KEY));
    }

    @Test
    void allProblemsAreReportedAtOnceOneSentenceEach() throws Exception {
        var environment = sound();
        environment.remove("PLANE_API_KEY");
        environment.putAll(Map.of(
                "DATABASE_URL", "mysql://u:s3cret@h/d",
                "TOKEN_EXPIRY_HOURS", "s3cret",
                "TOKEN_RETENTION_HOURS", "-1",
                "PLANE_EMAIL", "s3cret",
                "PHONE_VERIFICATION", "sms",
                "SMS_SENDERS", "webhook,log",
                "SMS_WEBHOOK_SECRET", "s3cret",
                "OAUTH_CLIENT_ID", "plane",
                "LOGIN_LOGO", "/missing/s3cret.svg"));
        try (var other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            environment.put("PORT", Integer.toString(other.getLocalPort()));
            assertThat(sentences(null, environment))
                    .allMatch(sentence -> sentence.endsWith("."))
                    .extracting(sentence -> sentence.replaceFirst("^(\\S+ \\w+) .*", "$1"))
                    .containsExactlyInAnyOrder(
                            "DATABASE_URL takes",
                            "PLANE_API_KEY is",
                            "TOKEN_EXPIRY_HOURS takes",
                            "TOKEN_RETENTION_HOURS takes",
                            "PLANE_EMAIL takes",
                            "SECRET_KEY is",
                            "SMS_SENDERS takes",
                            "SMS_COUNTRIES is",
                            "SMS_WEBHOOK_URL is",
                            "SMS_WEBHOOK_SECRET takes",
                            "OAUTH_CLIENT_SECRET is",
                            "OAUTH_REDIRECT_URIS is",
                            "PUBLIC_URL is",
                            "LOGIN_LOGO takes",
                            "PORT is");
        }
    }

    @Test
    void aMissingLogoIsReportedBeforeTheDatabaseIsTouched() {
        var environment = sound();
        environment.put("LOGIN_LOGO", "/missing/s3cret.svg");
        assertThat(sentences(null, environment))
                .containsExactly("LOGIN_LOGO takes the path of a file that can be read.");
    }

    @Test
    void anEmptyKeyInAFileIsAMissingOne(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve(".env"), "DATABASE_URL=" + DATABASE_URL + "\nPLANE_API_KEY=\n");
        assertThat(sentences(folder, Map.of())).singleElement().asString().startsWith("PLANE_API_KEY is required");
    }

    @Test
    void anEmptyNumberIsAWrongOne() {
        var environment = sound();
        environment.put("TOKEN_EXPIRY_HOURS", "");
        assertThat(sentences(null, environment))
                .containsExactly("TOKEN_EXPIRY_HOURS takes whole hours from 1 to 87600.");
    }

    @Test
    void theOwnNameOfAKeyIsCheckedToo() {
        var environment = sound();
        environment.put("KRIYA_TOKEN_EXPIRY_HOURS", "0");
        assertThat(sentences(null, environment))
                .containsExactly("TOKEN_EXPIRY_HOURS takes whole hours from 1 to 87600.");
    }

    @Test
    void aNumberThatQuarkusReadsTooIsNamedByItsVariable() {
        var environment = sound();
        environment.put("PORT", "s3cret");
        assertThat(sentences(null, environment)).containsExactly("PORT takes a port number from 1 to 65535.");
    }

    @Test
    void theOldNameOfTheKeyOfTheServerGoesOnWorking() {
        var environment = sound();
        environment.put("PHONE_VERIFICATION", "sms");
        environment.put("SMS_COUNTRIES", "US");
        environment.put("KRIYA_VERIFICATION_SECRET_KEY", "a-s3cret-key-of-32-characters-or-more");
        assertThat(sentences(null, environment)).singleElement().asString().startsWith("SMS_SENDERS is required");
    }

    @Test
    void aSettingOfQuarkusThatCanNotBeReadIsNamed() {
        var environment = sound();
        environment.put("QUARKUS_HTTP_IDLE_TIMEOUT", "s3cret");
        assertThat(sentences(null, environment))
                .containsExactly("quarkus.http.idle-timeout has a value that can't be read.");
    }

    @Test
    void misspeltVariablesAndOldNamesAreWarnedOfByName() {
        var environment = KriyaProcess.environment(TestPostgres.database());
        environment.putAll(Map.of(
                "TOKEN_EXPIRY_HOUR", "1",
                "OAUTH_REDIRECT_URI", "x",
                "SMS_LIMIT_NUMBERS", "x",
                "HOME", "/",
                "PLANE_API_PORT", "tcp://10.0.0.1:80",
                "PHONE_NUMBERS", "contract"));
        try (var kriya = KriyaProcess.start(environment)) {
            assertThat(kriya.log())
                    .contains("TOKEN_EXPIRY_HOUR is no variable of Kriya: is TOKEN_EXPIRY_HOURS meant?")
                    .contains("OAUTH_REDIRECT_URI is no variable of Kriya: is OAUTH_REDIRECT_URIS meant?")
                    .contains("SMS_LIMIT_NUMBERS is no variable of Kriya: is SMS_LIMIT_NUMBER meant?")
                    .contains("PHONE_NUMBERS=contract is the old name of PHONE_NUMBERS=any")
                    .doesNotContain("HOME is", "PLANE_API_PORT is");
        }
    }
}
