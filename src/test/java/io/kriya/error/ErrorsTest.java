package io.kriya.error;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.kriya.Api;
import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class ErrorsTest {

    @Test
    void anErrorIsAProblemOfTheStandardsForm() {
        Map<String, Object> problem = given().get("/api/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .extract()
                .path("$");
        assertThat(problem)
                .isEqualTo(Map.of(
                        "type", "about:blank",
                        "title", "Not Found",
                        "status", 404,
                        "detail", "Not Found",
                        "code", "not_found"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/api", "/api/auth", "/api/auth/user/x", "/docs/nothing", "/%00", "/q/dev", "/..%2f"
            })
    void anUnknownPathIsNotFound(String path) {
        given().urlEncodingEnabled(false)
                .header("Accept", "text/html")
                .get(path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("Not Found"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/auth/register, 'OPTIONS, POST'",
        "PUT, /api/auth/register/, 'OPTIONS, POST'",
        "GET, /api/auth/validate-token, 'OPTIONS, POST'",
        "GET, /api/auth/cleanup-tokens, 'OPTIONS, POST'",
        "POST, /api/auth/user, 'DELETE, GET, HEAD, OPTIONS, PATCH'",
        "GET, /api/auth/logout, 'DELETE, OPTIONS'",
        "POST, /health, 'GET, HEAD, OPTIONS'",
        "DELETE, /, 'GET, HEAD, OPTIONS'",
        "POST, /openapi.json, 'GET, HEAD, OPTIONS'",
        "PUT, /docs/, 'GET, HEAD, OPTIONS'"
    })
    void aWrongMethodIsToldTheRightOnes(String method, String path, String allowed) {
        given().request(method, path)
                .then()
                .statusCode(405)
                .contentType("application/problem+json")
                .header("Allow", equalTo(allowed))
                .body("code", equalTo("method_not_allowed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "x",
                "{\"phone_number\": \"+12025550100\", \"first_name\": \"Ada\"} x",
                "{\"phone_number\": \"+12025550100\", \"first_name\": \"Ada\"}{}",
                "{\"phone_number\": \"+12025550100\", \"first_name\": \"Ada\", \"x\": NaN}",
                "{'phone_number': 1}",
                "{\"a\": 1,}"
            })
    void whatIsNotJsonIsRefused(String body) {
        assertMalformed(Api.register(body));
    }

    @Test
    void jsonNestedTooDeepIsRefused() {
        assertMalformed(registerBytes("[".repeat(60_000)));
        assertMalformed(registerBytes("{\"phone_number\": \"+12025550100\", \"first_name\": \"Ada\", \"x\": "
                + "[".repeat(30_000) + "]".repeat(30_000) + "}"));
        registerBytes("[".repeat(100_000)).then().statusCode(413);
    }

    /** As bytes: the client's library would look into text. */
    private static Response registerBytes(String body) {
        return given().contentType("application/json")
                .body(body.getBytes(StandardCharsets.US_ASCII))
                .post("/api/auth/register");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] body =
                "{\"phone_number\": \"+12025550100\", \"first_name\": \"AAA\"}".getBytes(StandardCharsets.US_ASCII);
        int at = new String(body, StandardCharsets.US_ASCII).indexOf("AAA");
        for (byte[] bad : new byte[][] {
            {(byte) 0xff}, {(byte) 0xc3, '('}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xc0, (byte) 0x80}
        }) {
            byte[] broken = body.clone();
            System.arraycopy(bad, 0, broken, at, bad.length);
            given().contentType("application/json")
                    .body(broken)
                    .post("/api/auth/register")
                    .then()
                    .statusCode(422);
        }
    }

    private static void assertMalformed(Response answer) {
        answer.then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("malformed_json"))
                .body("violations.field", contains("body"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "\"x\"", "1", "true"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        Api.register(body).then().statusCode(422).body("violations.field", contains("body"));
        Api.validate((Object) body).then().statusCode(422).body("violations.field", contains("body"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "Application/JSON",
                "application/vnd.api+json",
                "application/problem+json;x=y"
            })
    void jsonUnderAnyOfItsTypesIsRead(String type) throws Exception {
        assertThat(raw(type)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aBodyOfNoTypeIsReadAsJson() throws Exception {
        assertThat(raw(null)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/json",
                "application/jsonx",
                "*/*",
                ";;;/",
                "x"
            })
    void anotherTypeIsRefused(String type) throws Exception {
        assertThat(raw(type)).startsWith("HTTP/1.1 415 ").contains("\"code\":\"unsupported_media_type\"");
    }

    private static String raw(String type) throws IOException {
        String body = "{\"phone_number\": \"" + Api.number() + "\", \"first_name\": \"Ada\"}";
        return send("POST /api/auth/register HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (type == null ? "" : "Content-Type: " + type + "\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static String send(String request) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aClientThatAcceptsSomethingElseGetsJsonAllTheSame() {
        given().accept("text/html").get("/health").then().statusCode(200).contentType("application/json");
    }

    @Test
    void aBodyOfSixtyFourKibibytesIsReadAndALargerOneIsNot() {
        String start = "{\"phone_number\": \"" + Api.number() + "\", \"first_name\": \"Ada\", \"x\": \"";
        String fits = start + "x".repeat(64 * 1024 - start.length() - 2) + "\"}";
        Api.register(fits).then().statusCode(200);
        Api.register(fits + " ")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("code", equalTo("payload_too_large"));
    }

    @Test
    void aLargeBodyIsRefusedBeforeItIsSent() throws Exception {
        String answer = send("POST /api/auth/register HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 52428800\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 413 ")
                .containsIgnoringCase("connection: close")
                .contains("payload_too_large");
    }

    @Test
    void aLargeBodyOfUnknownLengthIsRefusedWithoutReadingTheRest() throws Exception {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            var out = socket.getOutputStream();
            out.write(("POST /api/auth/register HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("400\r\n" + " ".repeat(1024) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            long sent = 0;
            try {
                for (int i = 0; i < 50 * 1024; i++) {
                    out.write(chunk);
                    sent += 1024;
                }
            } catch (SocketException refused) {
                // Kriya closed the connection.
            }
            assertThat(sent).isLessThan(50L * 1024 * 1024);
        }
    }

    @Test
    void aLargeBodyThatNobodyReadsIsNotReadEither() throws Exception {
        for (String head : new String[] {
            "GET /health", "POST /api/auth/cleanup-tokens", "POST /api/auth/validate-token", "POST /nothing"
        }) {
            try (var socket = new Socket("localhost", RestAssured.port)) {
                var out = socket.getOutputStream();
                out.write((head + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                byte[] chunk = ("8000\r\n" + " ".repeat(0x8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                long sent = 0;
                try {
                    for (int i = 0; i < 2_000; i++) {
                        out.write(chunk);
                        sent += chunk.length;
                    }
                } catch (SocketException refused) {
                    // Kriya closed the connection.
                }
                assertThat(sent).as(head).isLessThan(2_000L * chunk.length);
            }
        }
    }

    @Test
    void aWrongKeyIsToldBeforeTheSizeOfTheBody() throws Exception {
        assertThat(send("POST /api/auth/validate-token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 70000\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ")
                .contains("Invalid API key");
    }

    @Test
    void aWrongMethodIsToldTheRightOnesBehindPathParametersToo() throws Exception {
        assertThat(send("POST /api/auth/user;x=y HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("allow: DELETE, GET, HEAD, OPTIONS, PATCH\r\n");
    }

    @Test
    void optionsNameTheMethodsOfAPath() {
        given().options("/api/auth/register").then().statusCode(200).header("Allow", equalTo("OPTIONS, POST"));
        given().options("/api/auth/logout/").then().statusCode(200).header("Allow", equalTo("DELETE, OPTIONS"));
        given().options("/openapi.json").then().statusCode(200).header("Allow", equalTo("GET, HEAD, OPTIONS"));
        given().head("/health").then().statusCode(200);
        given().head("/api/auth/register").then().statusCode(405).header("Allow", equalTo("OPTIONS, POST"));
    }

    @Test
    void aRequestWithoutAHostIsABadRequest() throws Exception {
        assertThat(send("GET /health HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":\"bad_request\"");
    }

    @Test
    void anUnknownFieldIsIgnoredWhateverItHolds() {
        Api.register("{\"phone_number\": \"" + Api.number() + "\", \"first_name\": \"Ada\", \"x\": "
                        + "1".repeat(1000) + ", \"" + "k".repeat(100) + "\": 1e400, \"y\": \"" + "y".repeat(30_000)
                        + "\"}")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @MethodSource
    void whatIsLongerOrDeeperThanAnyRequestIsRefusedWithTheReason(String field) {
        Api.register("{\"phone_number\": \"" + Api.number() + "\", \"first_name\": \"Ada\", " + field + "}")
                .then()
                .statusCode(422)
                .body("code", equalTo("malformed_json"))
                .body("violations[0].message", startsWith("has a name of more than 100 characters"));
    }

    static Stream<String> whatIsLongerOrDeeperThanAnyRequestIsRefusedWithTheReason() {
        return Stream.of(
                "\"" + "k".repeat(101) + "\": 1",
                "\"" + "ключ".repeat(8000) + "\": 1",
                "\"x\": " + "1".repeat(1001),
                "\"x\": " + "[".repeat(101) + "]".repeat(101));
    }

    @Test
    void aQueryThatCanNotBeDecodedIsABadRequest() throws Exception {
        assertThat(send("GET /api/auth/user?token=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(send("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void noErrorRepeatsWhatWasSent() {
        String secret = "s3cret-value-that-was-sent";
        for (Response answer : new Response[] {
            Api.register("{\"phone_number\": \"" + secret + "\", \"first_name\": \"" + secret
                    + "\u0001\", \"email\": \"" + secret + "\"}"),
            Api.register("{\"phone_number\": " + secret),
            Api.register("{\"" + secret + "\": "),
            Api.validate(Map.of("token", Map.of(secret, secret))),
            given().header("X-API-Key", secret).post("/api/auth/validate-token"),
            given().queryParam("token", secret).get("/api/auth/user"),
            given().queryParam("token", secret).delete("/api/auth/logout"),
            given().get("/" + secret)
        }) {
            assertThat(answer.statusCode()).isBetween(400, 499);
            assertThat(answer.asString())
                    .doesNotContain(secret)
                    .doesNotContain("Exception")
                    .doesNotContain("io.kriya");
        }
    }

    @Test
    void aRequestIsAnsweredWithItsIdWhereThatIsSaneElseWithANewOne() {
        given().header("X-Request-ID", "abc-123").get("/health").then().header("X-Request-ID", equalTo("abc-123"));
        String uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
        given().get("/health").then().header("X-Request-ID", matchesPattern(uuid));
        for (String bad : new String[] {
            "", "x".repeat(65), "a b", "<script>", "ä", "kriya_00000000-0000-4000-8000-000000000000", "12025550100"
        }) {
            given().header("X-Request-ID", bad)
                    .get("/nothing")
                    .then()
                    .header("X-Request-ID", matchesPattern(uuid))
                    .header("X-Request-ID", not(equalTo(bad)));
        }
    }
}
