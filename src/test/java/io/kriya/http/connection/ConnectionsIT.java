package io.kriya.http.connection;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import io.kriya.http.connection.RawConnection.Answer;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection is either good for the next request, which may be another client's behind a proxy, or closed. */
class ConnectionsIT {

    @AutoClose
    private static KriyaProcess kriya;

    @BeforeAll
    static void start() {
        var environment = KriyaProcess.environment(TestPostgres.database());
        // None of this is about a slow database.
        environment.put("DATABASE_TIMEOUT_MILLIS", KriyaProcess.timeout(20_000));
        kriya = KriyaProcess.start(environment);
    }

    private static RawConnection connect() throws Exception {
        return new RawConnection(kriya.port());
    }

    private static Answer ask(String request) throws Exception {
        try (var connection = connect()) {
            return connection.send(request).read();
        }
    }

    /** Requests that are answered before, or without, their body is read. */
    static Stream<String> early() {
        var heads = new ArrayList<String>();
        for (String path : List.of(
                "/api/auth/register",
                "/api/auth/validate-token",
                "/api/auth/user",
                "/api/auth/logout",
                "/api/auth/cleanup-tokens",
                "/api/auth/verify",
                "/oauth/token",
                "/oauth/introspect",
                "/oauth/authorize",
                "/q/health/ready",
                "/health",
                "/docs",
                "/openapi.json",
                "/nowhere",
                "/")) {
            for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
                heads.add(method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n");
            }
        }
        heads.add("POST /api/auth/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n");
        heads.add("POST /api/auth/validate-token HTTP/1.1\r\nHost: x\r\nX-API-Key: wrong\r\n");
        heads.add("POST /api/auth/cleanup-tokens HTTP/1.1\r\nHost: x\r\nX-API-Key: " + Api.KEY + "\r\n");
        heads.add("GET /api/auth/user?token=%zz HTTP/1.1\r\nHost: x\r\n");
        heads.add("POST /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n");
        heads.add("POST /health HTTP/1.1\r\n");
        return heads.stream();
    }

    @ParameterizedTest
    @MethodSource("early")
    void aBodyThatIsNotReadSpoilsNoOtherRequest(String head) throws Exception {
        for (int size : new int[] {1, 1000, 30_000, 60_326, 65_536, 70_000}) {
            for (boolean inOnePacket : new boolean[] {true, false}) {
                for (boolean chunked : new boolean[] {false, true}) {
                    String body = chunked
                            ? Integer.toHexString(size) + "\r\n" + "b".repeat(size) + "\r\n0\r\n\r\n"
                            : "b".repeat(size);
                    String framing =
                            chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: " + size + "\r\n\r\n";
                    nextIsAnswered(head + framing, body, inOnePacket);
                }
            }
        }
    }

    private static void nextIsAnswered(String head, String body, boolean inOnePacket) throws Exception {
        boolean mayClose = body.length() > 65_600 || !head.contains("Host: x");
        try (var connection = connect()) {
            if (inOnePacket) {
                connection.send(head + body);
            } else {
                connection.send(head).send(body);
            }
            Answer first = connection.read();
            assertThat(first != null || mayClose).isTrue();
            if (first == null) {
                // It was closed while the body was still being sent; the answer was lost with it.
                return;
            }
            assertThat(first.status()).isLessThan(500);
            if (first.closes()) {
                assertThat(mayClose).as(head).isTrue();
                assertThat(connection.isClosed()).isTrue();
                return;
            }
            Answer next =
                    connection.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n").read();
            assertThat(next).as(head + body.length()).isNotNull();
            assertThat(next.statusLine()).startsWith("HTTP/1.1 200");
            assertThat(next.body()).contains("healthy");
        } catch (SocketException closedWhileSending) {
            assertThat(mayClose).as(head).isTrue();
        }
    }

    @Test
    void http2IsNotSpokenHoweverItIsAskedFor() throws Exception {
        Answer upgraded =
                ask("GET /health HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                        + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
        assertThat(upgraded.statusLine()).startsWith("HTTP/1.1 200");
        try (var connection = connect()) {
            Answer preface = connection
                    .send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0")
                    .read();
            assertThat(preface == null || preface.status() >= 400).isTrue();
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.2", "HTTP/3.0", "HTTP/2.0", "HTTP/0.9"})
    void anotherVersionIsRefusedAndTheEnd(String version) throws Exception {
        try (var connection = connect()) {
            Answer answer = connection
                    .send("GET /health " + version + "\r\nHost: x\r\n\r\n")
                    .read();
            assertThat(answer.status()).isEqualTo(505);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void twoHostsAreABadRequestWhoseBodyIsNotWaitedFor() throws Exception {
        try (var connection = connect()) {
            Answer answer = connection
                    .send("POST /health HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: 1000\r\n\r\n")
                    .read();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("bad_request");
            assertThat(answer.closes()).isTrue();
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"foo", "gzip, chunked", "chunked, foo", "chunked\r\nTransfer-Encoding: chunked", "\u000bchunked"
            })
    void aBodyInAnUnknownCodingIsABadRequestAndTheEnd(String coding) throws Exception {
        try (var connection = connect()) {
            Answer answer = connection
                    .send("POST /health HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n")
                    .read();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("bad_request");
            assertThat(answer.closes()).isTrue();
        }
    }

    static Stream<Arguments> unreadable() {
        String host = " HTTP/1.1\r\nHost: x\r\n";
        return Stream.of(
                Arguments.of("hello\r\n\r\n", 400, "bad_request"),
                Arguments.of("GET /\r\n\r\n", 400, "bad_request"),
                Arguments.of("GET /health" + host + "A: b\0c\r\n\r\n", 400, "bad_request"),
                Arguments.of("GET /health" + host + "A b: c\r\n\r\n", 400, "bad_request"),
                Arguments.of(
                        "POST /health" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400, "bad_request"),
                Arguments.of("POST /health" + host + "Content-Length: -1\r\n\r\n", 400, "bad_request"),
                Arguments.of("GET /health HTTP/1.1\r\n\r\n", 400, "bad_request"),
                Arguments.of("OPTIONS *" + host + "\r\n", 404, "not_found"),
                Arguments.of("CONNECT x:80" + host + "\r\n", 404, "not_found"),
                Arguments.of("GET health" + host + "\r\n", 404, "not_found"),
                Arguments.of("GET /" + "a".repeat(40_000) + host + "\r\n", 414, "uri_too_long"),
                Arguments.of("GET /health" + host + "A: " + "a".repeat(40_000) + "\r\n\r\n", 431, "headers_too_large"),
                Arguments.of("GET /%zz HTTP/1.2\r\nHost: x\r\n\r\n", 505, "http_version_not_supported"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatIsNoRequestIsAnsweredAsAnErrorAndTheEnd(String bytes, int status, String code) throws Exception {
        for (boolean isFirst : new boolean[] {true, false}) {
            try (var connection = connect()) {
                connection.send(isFirst ? bytes : "GET /health HTTP/1.1\r\nHost: x\r\n\r\n" + bytes);
                if (!isFirst) {
                    assertThat(connection.read().status()).isEqualTo(200);
                }
                Answer answer = connection.read();
                assertThat(answer.status()).isEqualTo(status);
                assertIsError(answer, code);
                assertThat(answer.closes()).isTrue();
                assertThat(connection.isClosed()).isTrue();
            }
        }
    }

    private static void assertIsError(Answer answer, String code) {
        assertThat(answer.headers())
                .containsKeys("date", "x-request-id")
                .containsEntry("content-type", "application/problem+json")
                .containsEntry("cache-control", "no-store")
                .containsEntry("x-content-type-options", "nosniff");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%zz",
                "//",
                "/a|b",
                "/he\u0001alth",
                "/api/auth/user?token=%zz",
                "/api/auth/user?token=a|b",
                "/docs/%",
                "/q/health/%"
            })
    void aBrokenUrlIsABadRequestOnAGoodConnection(String url) throws Exception {
        try (var connection = connect()) {
            for (String method : List.of("GET", "POST", "BREW")) {
                Answer answer = connection
                        .send(method + " " + url + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
                        .read();
                assertThat(answer.status()).isEqualTo(400);
                assertIsError(answer, "bad_request");
            }
            assertThat(connection
                            .send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatIsNoRequestIsCountedAndLoggedWithoutWhatItHolds() throws Exception {
        String count =
                "http_server_requests_seconds_count{method=\"PATCH\",outcome=\"CLIENT_ERROR\",status=\"400\",uri=\"other\"}";
        String rest = " HTTP/1.1\r\nHost: x\r\n";
        ask("PATCH /+12025550142" + rest + "A b: c\r\n\r\n");
        ask("PATCH /ada%40example.com%zz" + rest + "\r\n");
        ask("PATCH /\u001b[31m" + rest + "\r\n");
        await().until(() -> kriya.metric(count) == 3);
        assertThat(kriya.log())
                .contains("PATCH /* 400")
                .doesNotContain("2025550142")
                .doesNotContain("ada%40")
                .doesNotContain("\u001b");
    }

    /** Bodies that break off in what is no HTTP. */
    static Stream<String> broken() {
        return Stream.of(
                "zz\r\n{}\r\n0\r\n\r\n",
                "-1\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}\r\nzz\r\n0\r\n\r\n",
                "2\r\n{}xx0\r\n\r\n",
                "2;" + "e".repeat(40_000) + "\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}\r\n0\r\nA: b\0c\r\n\r\n",
                "2\r\n{}\r\n0\r\nA: " + "b".repeat(40_000) + "\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenChunkIsABadRequestAndTheEnd(String body) throws Exception {
        for (String route : List.of(
                "POST /api/auth/register",
                "POST /api/auth/validate-token",
                "POST /api/auth/cleanup-tokens",
                "GET /api/auth/user",
                "POST /oauth/token",
                "GET /q/health/live",
                "PUT /health",
                "POST /nowhere",
                "POST /%zz")) {
            String head = route + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
            for (boolean inOnePacket : new boolean[] {true, false}) {
                try (var connection = connect()) {
                    if (inOnePacket) {
                        connection.send(head + body);
                    } else {
                        connection.send(head).send(body);
                    }
                    Answer answer = connection.read();
                    assertThat(answer.status()).as(route).isEqualTo(400);
                    assertIsError(answer, "bad_request");
                    assertThat(answer.closes()).isTrue();
                    assertThat(connection.isClosed()).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenChunkWaitsForTheAnswersBeforeItsOwn(String body) throws Exception {
        try (var connection = connect()) {
            connection.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
                    + "POST /api/auth/register HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(connection.read().status()).isEqualTo(400);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void aBrokenChunkOfWhatIsRefusedAlreadyIsNotAnsweredAgain() throws Exception {
        for (String refused : List.of("Host: x\r\nHost: y\r\n", "")) {
            try (var connection = connect()) {
                connection.send("POST /health HTTP/1.1\r\n" + refused
                        + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
                assertThat(connection.read().status()).isEqualTo(400);
                assertThat(connection.isClosed()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/nowhere", "/api/auth/user", "/q/health/live", "/docs", "/oauth/authorize"})
    void everyAnswerHasADate(String path) throws Exception {
        assertThat(ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").headers())
                .containsKey("date");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/auth/user?token=x",
                "GET /api/auth;x/user",
                "POST /api/auth/register",
                "PUT /api/auth/register",
                "DELETE /api/auth/logout?token=x",
                "POST /api/auth/validate-token",
                "GET /api/auth/nowhere"
            })
    void noAnswerAboutTokensIsKeptOrGuessedAt(String request) throws Exception {
        Answer answer = ask(request + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
        assertThat(answer.headers())
                .containsEntry("cache-control", "no-store")
                .containsEntry("x-content-type-options", "nosniff");
    }
}
