package io.kriya.http.connection;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import io.kriya.http.connection.RawConnection.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and connections of strangers, against the memory of a pod: the heap is that of k8s/base. */
class FloodIT {

    private static final String REGISTER =
            "POST /api/auth/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    private static final String REJECTED = "kriya_connections_rejected_total";
    /** One that gives a body a second, for every test that leaves it as it found it. */
    private static final TestPostgres.Database SHARED = TestPostgres.database();

    private static KriyaProcess brief;

    private final List<RawConnection> connections = new ArrayList<>();
    private TestPostgres.Database database;
    private KriyaProcess kriya;

    private void start(Map<String, String> settings) {
        database = TestPostgres.database();
        kriya = start(database, settings);
    }

    private static KriyaProcess start(TestPostgres.Database database, Map<String, String> settings) {
        var environment = KriyaProcess.environment(database);
        // None of this is about a slow database.
        environment.put("DATABASE_TIMEOUT_MILLIS", KriyaProcess.timeout(20_000));
        environment.putAll(settings);
        return KriyaProcess.start(environment, "-Xmx96m");
    }

    private void giveABodyASecond() {
        if (brief == null) {
            brief = start(SHARED, Map.of("BODY_TIMEOUT_SECONDS", "1"));
        }
        database = SHARED;
        kriya = brief;
    }

    @AfterEach
    void stop() throws Exception {
        closeAll();
        if (kriya != null && kriya != brief) {
            kriya.close();
        }
    }

    @AfterAll
    static void theSharedOneEnds() {
        if (brief != null) {
            brief.close();
        }
    }

    private void closeAll() throws IOException {
        for (RawConnection connection : connections) {
            connection.close();
        }
        connections.clear();
    }

    private RawConnection connect() throws Exception {
        var connection = new RawConnection(kriya.port());
        connections.add(connection);
        return connection;
    }

    @Test
    void namesThatClientsMakeUpAreNotKept() {
        start(Map.of());
        for (int i = 0; i < 400; i++) {
            kriya.post("/api/auth/register", "{\"%d%s\": 1}".formatted(i, "n".repeat(65_000)));
        }
        for (int i = 0; i < 400; i++) {
            var names = new StringBuilder("{");
            for (int j = 0; j < 600; j++) {
                names.append("\"%d-%d-%s\": 1, ".formatted(i, j, "n".repeat(80)));
            }
            kriya.post("/api/auth/register", names.append("\"x\": 1}").toString());
        }
        assertServing();
    }

    @Test
    void bodiesThatStopShortOfTheirEndGiveWay() throws Exception {
        start(Map.of("BODY_TIMEOUT_SECONDS", "300"));
        for (int i = 0; i < 2000; i++) {
            try {
                connect().send(REGISTER + "Content-Length: 65000\r\n\r\n" + "{\"x\": \"" + "b".repeat(62_000));
            } catch (SocketException gaveWay) {
                // While it was being sent.
            }
            if (i % 500 == 0) {
                assertServing();
            }
        }
        Answer refused = connections.getFirst().read();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers()).containsEntry("retry-after", "1").containsEntry("connection", "close");
        assertThat(refused.body()).contains("overloaded");
        assertThat(connections.getFirst().isClosed()).isTrue();
        assertServing();
    }

    @Test
    void whatFollowsTheLastRequestOfAConnectionIsNotKept() throws Exception {
        start(Map.of());
        String last = "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        String more = REGISTER + "Content-Length: 60000\r\n\r\n" + "b".repeat(60_000);
        for (int i = 0; i < 4000; i++) {
            try (var connection = new RawConnection(kriya.port())) {
                // It may be closed while the rest is being sent, and the answer be lost.
                connection.send(last + more).read();
            } catch (SocketException closed) {
                // The same.
            }
        }
        assertServing();
        assertThat(kriya.log()).doesNotContain("OutOfDirectMemory", "OutOfMemory");
    }

    /** Heads of thousands of short headers take thirty times what was sent, and each kind ends in another state of the decoder. */
    @Test
    void headsThatStopShortOfTheirEndGiveWay() throws Exception {
        start(Map.of("BODY_TIMEOUT_SECONDS", "300"));
        String get = "GET /health HTTP/1.1\r\nHost: x\r\n";
        String many = "a:b\r\n".repeat(1500);
        String chunked = REGISTER + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n";
        for (List<String> packets : List.of(
                List.of(get + "a:b\r\n".repeat(6000)),
                List.of(get + "X: " + "a".repeat(30_000)),
                List.of("GET /" + "a".repeat(32_000)),
                List.of(get + "\r\n" + get + many),
                List.of(get, "\r\n" + get + many),
                List.of(chunked + "a:b\r\n".repeat(6000)))) {
            for (int i = 0; i < 2000; i++) {
                try {
                    RawConnection connection = connect();
                    for (String packet : packets) {
                        connection.send(packet);
                    }
                } catch (SocketException gaveWay) {
                    // While it was being sent.
                }
            }
            assertServing();
            closeAll();
        }
    }

    @Test
    void requestsThatWaitForTheDatabaseLeaveRoomForOthers() throws Exception {
        start(Map.of());
        String body = "{\"phone_number\": \"" + Api.number() + "\", \"first_name\": \"Ada\", \"x\": \""
                + "b".repeat(60_000) + "\"}";
        try (var lock = database.connect();
                var statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("lock table users");
            for (int i = 0; i < 2000; i++) {
                try {
                    connect().send(REGISTER + "Content-Length: " + body.length() + "\r\n\r\n" + body);
                } catch (SocketException refused) {
                    // While it was being sent.
                }
            }
            assertThat(kriya.isReady()).isTrue();
            lock.rollback();
        }
        closeAll();
        await().until(() -> kriya.register(Api.number()).statusCode() == 200);
        assertServing();
    }

    @Test
    void smallBodiesThatStopShortOfTheirEndLeaveRoomForOthers() throws Exception {
        start(Map.of());
        for (int i = 0; i < 5000; i++) {
            try {
                connect().send(REGISTER + "Content-Length: 2048\r\n\r\n" + "b".repeat(1900));
            } catch (SocketException gaveWay) {
                // While it was being sent.
            }
            if (i % 1000 == 0) {
                assertServing();
            }
        }
        assertServing();
    }

    @Test
    void theBudgetIsGivenBack() throws Exception {
        giveABodyASecond();
        for (int i = 0; i < 400; i++) {
            connect().send(REGISTER + "Content-Length: 65000\r\n\r\n{");
        }
        await().until(() -> kriya.post("/api/auth/register", "{\"x\": \"" + "b".repeat(60_000) + "\"}")
                        .statusCode()
                == 422);
        assertServing();
    }

    @Test
    void aBodyThatDripsIsGivenUpAsAWhole() throws Exception {
        giveABodyASecond();
        for (String framing :
                List.of("Content-Length: 1000\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")) {
            for (String path : List.of("register", "nowhere", "validate-token", "cleanup-tokens")) {
                RawConnection connection = connect().send(REGISTER.replace("register", path) + framing);
                Answer answer = connection.read();
                assertThat(answer.status()).isEqualTo(408);
                assertThat(answer.body()).contains("request_timeout");
                assertThat(connection.isClosed()).isTrue();
            }
        }
        assertServing();
    }

    @Test
    void aHeadThatDripsIsGivenUpAsAWhole() throws Exception {
        giveABodyASecond();
        for (String head : List.of("GET /health HTTP/1.1\r\nHost: ", "G", REGISTER)) {
            RawConnection connection = connect().send(head);
            await().pollInterval(Duration.ofMillis(100)).until(() -> isEndedBy(connection, "x"));
        }
        assertServing();
    }

    private static boolean isEndedBy(RawConnection connection, String more) {
        try {
            connection.send(more);
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Test
    void aRequestMayTakeLongerThanItsBodyMay() throws Exception {
        giveABodyASecond();
        try (var lock = database.connect();
                var statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("lock table users");
            String body = "{\"phone_number\": \"" + Api.number() + "\", \"first_name\": \"Ada\"}";
            RawConnection waiting = connect().send(REGISTER + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            RawConnection late = connect().send(REGISTER + "Content-Length: 1000\r\n\r\n{");
            assertThat(late.read().status()).isEqualTo(408);
            lock.rollback();
            assertThat(waiting.read().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionOutlivesTheDeadlineOfItsBodies(boolean inOnePacket) throws Exception {
        giveABodyASecond();
        RawConnection connection = connect();
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (System.nanoTime() < end) {
            for (String path : List.of("register", "validate-token", "nowhere", "cleanup-tokens")) {
                String body = "{\"phone_number\": \"" + Api.number() + "\", \"first_name\": \"Ada\"}";
                String head = REGISTER.replace("register", path) + "Content-Length: " + body.length() + "\r\n\r\n";
                if (inOnePacket) {
                    connection.send(head + body);
                } else {
                    connection.send(head).send(body);
                }
                assertThat(connection.read()).as(path).isNotNull();
            }
        }
        assertServing();
    }

    @Test
    void aConnectionThatIsHalfClosedInABodyIsEnded() throws Exception {
        giveABodyASecond();
        RawConnection connection = connect().send(REGISTER + "Content-Length: 1000\r\n\r\n{");
        connection.shutdownOutput();
        connection.read();
        assertThat(connection.isClosed()).isTrue();
        assertServing();
    }

    private void takeEveryConnection() throws Exception {
        start(Map.of("MAX_CONNECTIONS", "20"));
        for (int i = 0; i < 20; i++) {
            connect();
        }
        await().until(() -> kriya.metric("kriya_connections") == 20);
    }

    @Test
    void aConnectionTooManyIsClosedAndCounted() throws Exception {
        takeEveryConnection();
        for (int i = 0; i < 10; i++) {
            assertThat(connect().isClosed()).isTrue();
        }
        assertThat(kriya.metric(REJECTED)).isGreaterThanOrEqualTo(10);
        assertThat(kriya.metric("kriya_connections")).isEqualTo(20);
        closeAll();
        await().until(kriya::isReady);
    }

    @Test
    void aConnectionTooManyIsForAProbeAlone() throws Exception {
        takeEveryConnection();
        String probe = "GET /q/health/live HTTP/1.1\r\nHost: x\r\n\r\n";
        RawConnection probing = connect().send(probe + probe);
        Answer answer = probing.read();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.closes()).isTrue();
        assertThat(probing.isClosed()).isTrue();
        for (String other : List.of(
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/auth/user HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
                "GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
                "hello\r\n\r\n")) {
            double before = kriya.metric(REJECTED);
            assertThat(connect().send(other).isClosed()).as(other).isTrue();
            assertThat(kriya.metric(REJECTED)).as(other).isGreaterThan(before);
        }
    }

    @Test
    void probesAreAnsweredWhileAStrangerTakesEveryConnection() throws Exception {
        takeEveryConnection();
        var isOver = new AtomicBoolean();
        Thread stranger = Thread.ofVirtual().start(() -> reconnect(isOver));
        try {
            await().until(() -> kriya.metric(REJECTED) > 500);
            for (int i = 0; i < 50; i++) {
                for (String path : List.of("/q/health/live", "/q/health/ready", "/q/health/started", "/health")) {
                    // The cluster asks again before it acts.
                    assertThat(isUp(path) || isUp(path)).as(path).isTrue();
                }
            }
        } finally {
            isOver.set(true);
            stranger.join();
        }
    }

    /** Keeps more connections than there are for probes, and opens new ones all the time. */
    private void reconnect(AtomicBoolean isOver) {
        var held = new ArrayDeque<RawConnection>();
        try {
            while (!isOver.get()) {
                held.add(new RawConnection(kriya.port(), "127.0.0.2"));
                if (held.size() > 500) {
                    held.remove().close();
                }
            }
            for (RawConnection connection : held) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isUp(String path) throws Exception {
        // As the cluster does, on a connection of its own.
        try (var connection = new RawConnection(kriya.port())) {
            Answer answer = connection
                    .send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")
                    .read();
            return answer != null && answer.status() == 200;
        } catch (SocketException closed) {
            return false;
        }
    }

    @Test
    void fiveThousandIdleConnectionsAreHeld() throws Exception {
        start(Map.of());
        for (int i = 0; i < 5000; i++) {
            connect();
        }
        for (RawConnection connection : connections.subList(0, 100)) {
            assertThat(connection
                            .send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(200);
        }
        assertServing();
    }

    private void assertServing() {
        assertThat(kriya.register(Api.number()).statusCode()).isEqualTo(200);
        assertThat(kriya.isReady()).isTrue();
        assertThat(kriya.log())
                .doesNotContain("OutOfMemoryError")
                .doesNotContain("ERROR")
                .doesNotContain("\tat ");
    }
}
