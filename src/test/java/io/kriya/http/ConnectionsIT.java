package io.kriya.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import io.kriya.http.RawConnection.Answer;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection is either good for the next request, which may be another client's behind a proxy, or closed. */
class ConnectionsIT {

    private static KriyaProcess kriya;

    @BeforeAll
    static void start() {
        var environment = KriyaProcess.environment(TestPostgres.database());
        // None of this is about a slow database.
        environment.put("DATABASE_TIMEOUT_MILLIS", "20000");
        kriya = KriyaProcess.start(environment);
    }

    @AfterAll
    static void stop() {
        kriya.close();
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
    void twoHostsAreABadRequest() throws Exception {
        Answer answer = ask("GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("bad_request");
    }

    @Test
    void aBrokenChunkIsTheEnd() throws Exception {
        try (var connection = connect()) {
            connection.send(
                    "POST /api/auth/register HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
            assertThat(connection.isClosed()).isTrue();
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
