package io.kriya.plane;

import static io.kriya.Api.number;
import static io.kriya.Api.validate;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.kriya.Api;
import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class ValidateTokenTest {

    @Test
    void aValidTokenReturnsItsUserAsStoredNow() {
        String number = number();
        String token = Api.tokenOf(number);
        Api.register(Map.of("phone_number", number, "first_name", "Grace", "email", "g@h.io"));
        Map<String, Object> answer = validate(token)
                .then()
                .statusCode(200)
                .body("valid", equalTo(true))
                .body("message", equalTo("Token is valid"))
                .body("user.phone_number", equalTo(number))
                .body("user.first_name", equalTo("Grace"))
                .body("user.last_name", equalTo(""))
                .body("user.email", equalTo("g@h.io"))
                .extract()
                .path("$");
        assertThat(answer).containsOnlyKeys("valid", "user", "message");
    }

    @Test
    void aTokenThatWasNeverIssuedIsNotFound() {
        String real = Api.tokenOf(number());
        Stream.of(
                        "",
                        " ",
                        "kriya_",
                        "kriya_00000000-0000-4000-8000-000000000000",
                        "x".repeat(10_000),
                        real.toUpperCase(Locale.ROOT),
                        real.replace("kriya", "Kriya"),
                        real.substring(6),
                        real + " ",
                        " " + real,
                        real + "\n",
                        real + "\u0000",
                        "\u0000",
                        "\ud800",
                        "'; DROP TABLE tokens; --",
                        "%",
                        "ü")
                .forEach(token -> validate(token)
                        .then()
                        .statusCode(200)
                        .body("valid", equalTo(false))
                        .body("user", nullValue())
                        .body("message", equalTo("Token not found")));
    }

    @Test
    void anExpiredAndALoggedOutTokenAreInvalid() {
        String expired = Api.tokenOf(number());
        expire(expired);
        assertOver(expired);
        String loggedOut = Api.tokenOf(number());
        Api.logout(loggedOut);
        assertOver(loggedOut);
    }

    private static void assertOver(String token) {
        validate(token)
                .then()
                .statusCode(200)
                .body("valid", equalTo(false))
                .body("user", nullValue())
                .body("message", equalTo("Token is expired or inactive"));
    }

    private static void expire(String token) {
        TestSettings.database()
                .execute("update tokens set expires_at = now() - interval '1 second' where token_hash = sha256('"
                        + token + "')");
    }

    @Test
    void aMissingTokenIsRefused() {
        for (String body :
                new String[] {"{}", "{\"token\": null}", "{\"token\": 1}", "{\"token\": [\"x\"]}", "{\"token\": true}"
                }) {
            validate((Object) body).then().statusCode(422).body("violations.field", contains("token"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Api.KEY, Api.PREVIOUS_KEY})
    void bothKeysAreAccepted(String key) {
        given().contentType("application/json")
                .header("X-API-Key", key)
                .body("{\"token\": \"x\"}")
                .post("/api/auth/validate-token")
                .then()
                .statusCode(200);
    }

    static Stream<String> wrongKeys() {
        return Stream.of(
                "",
                "x",
                Api.KEY + "x",
                Api.KEY.substring(1),
                Api.KEY.toUpperCase(Locale.ROOT),
                "\"" + Api.KEY + "\"",
                Api.KEY + "," + Api.PREVIOUS_KEY,
                Api.KEY + "\u00e4");
    }

    @ParameterizedTest
    @MethodSource("wrongKeys")
    void aWrongKeyIsRefusedWhateverTheBody(String key) {
        for (String body : new String[] {"{\"token\": \"x\"}", "{", "", "[]"}) {
            given().contentType("text/plain")
                    .header("X-API-Key", key)
                    .body(body)
                    .post("/api/auth/validate-token")
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json")
                    .body("detail", equalTo("Invalid API key"))
                    .body("code", equalTo("invalid_api_key"));
        }
    }

    @Test
    void noKeyIsRefusedAndTheKeyInTheBodyIsNoSubstitute() {
        Api.json(Map.of("token", "x", "api_key", Api.KEY))
                .post("/api/auth/validate-token")
                .then()
                .statusCode(403)
                .body("detail", equalTo("Invalid API key"));
        validate(Map.of("token", "x", "api_key", "wrong")).then().statusCode(200);
    }

    @Test
    void theExactRequestOfPlaneIsAccepted() throws Exception {
        String token = Api.tokenOf(number());
        String body = "{\"token\": \"" + token + "\"}";
        String request = "POST /api/auth/validate-token HTTP/1.1\r\nHost: localhost\r\n"
                + "User-Agent: python-requests/2.32.3\r\nAccept-Encoding: gzip, deflate\r\nAccept: application/json\r\n"
                + "Connection: keep-alive\r\nX-API-Key: " + Api.KEY + "\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
            var text = new StringBuilder();
            while (text.indexOf("Token is valid") < 0) {
                int c = answer.read();
                assertThat(c).isNotNegative();
                text.append((char) c);
            }
            assertThat(text).startsWith("HTTP/1.1 200 OK\r\n").contains("\"valid\":true");
        }
    }
}
