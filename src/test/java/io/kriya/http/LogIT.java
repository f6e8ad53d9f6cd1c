package io.kriya.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogIT {

    private static final String NUMBER = "+491709998877";
    private static final String EMAIL = "someone.private@example.com";
    private static final String WRONG_KEY = "a-wrong-key-that-is-not-for-the-log";

    @ParameterizedTest
    @ValueSource(strings = {"", "-Dquarkus.log.level=DEBUG"})
    void noTokenKeyNumberOrAddressIsEverLogged(String option) {
        var environment = KriyaProcess.environment(TestPostgres.database());
        environment.put("DEBUG", "true");
        environment.put("PLANE_API_KEY_PREVIOUS", Api.PREVIOUS_KEY);
        String token;
        String log;
        try (var kriya = option.isEmpty() ? KriyaProcess.start(environment) : KriyaProcess.start(environment, option)) {
            String body =
                    "{\"phone_number\": \"" + NUMBER + "\", \"first_name\": \"Zebulon\", \"email\": \"" + EMAIL + "\"}";
            token = KriyaProcess.tokenOf(kriya.post("/api/auth/register", body));
            kriya.post("/api/auth/register", body.replace("\"first_name\"", "\"x\""));
            kriya.post("/api/auth/register", body.substring(0, body.length() - 2));
            kriya.post("/api/auth/register", body.replace("\"" + EMAIL + "\"", "[\"" + EMAIL + "\"]"));
            kriya.post("/api/auth/register", body.replace(EMAIL, EMAIL + "@"));
            kriya.validate(token);
            kriya.validate(token + "x");
            kriya.post("/api/auth/validate-token", "{\"token\": [\"" + token + "\"]}");
            kriya.get("/api/auth/user?token=" + token);
            kriya.get("/api/auth/user/" + token);
            kriya.get("/api/auth/user;token=" + token);
            kriya.get("/" + NUMBER + "/" + EMAIL);
            kriya.get("/docs/" + NUMBER);
            kriya.get("/docs/" + EMAIL);
            kriya.get("/docs/" + token);
            kriya.get("/q/health/group/" + NUMBER);
            kriya.send(kriya.request("/nowhere")
                    .method("CALL" + NUMBER.substring(1), HttpRequest.BodyPublishers.noBody())
                    .build());
            for (String method : List.of("GET", "DELETE", "PUT")) {
                kriya.send(kriya.request("/api/auth/logout?token=" + token)
                        .header("Authorization", "Bearer " + token)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build());
            }
            kriya.send(kriya.request("/api/auth/cleanup-tokens")
                    .header("X-API-Key", WRONG_KEY)
                    .header("Origin", "https://evil.example")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build());
            kriya.post("/api/auth/cleanup-tokens", "");
            kriya.awaitLog("POST /api/auth/cleanup-tokens 200");
            log = kriya.log();
        }
        assertThat(log).contains("Registered +4917••••••77", "POST /api/auth/register 200");
        for (String secret : List.of(
                token,
                token.substring(6),
                NUMBER,
                NUMBER.substring(1),
                EMAIL,
                Api.KEY,
                Api.PREVIOUS_KEY,
                WRONG_KEY,
                "Zebulon")) {
            assertThat(log.contains(secret)).as("%s in the log", secret).isFalse();
        }
    }

    @Test
    void aRequestHasOneLineWithItsIdAndItsOwnLinesCarryItToo() {
        var environment = KriyaProcess.environment(TestPostgres.database());
        environment.put("DEBUG", "true");
        try (var kriya = KriyaProcess.start(environment)) {
            String number = Api.number();
            kriya.send(kriya.request("/api/auth/register?x=secret-query")
                    .header("X-Request-ID", "my-request-1")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"phone_number\": \"" + number + "\", \"first_name\": \"Ada\"}"))
                    .build());
            kriya.awaitLog("POST /api/auth/register");
            var lines = kriya.log()
                    .lines()
                    .filter(line -> line.contains("my-request-1"))
                    .toList();
            assertThat(lines).hasSize(2);
            assertThat(lines.getFirst()).contains("Registered ");
            assertThat(lines.getLast()).matches(Pattern.compile(".*POST /api/auth/register 200 [0-9]+ ms"));
            assertThat(kriya.log()).doesNotContain("secret-query");
        }
    }
}
