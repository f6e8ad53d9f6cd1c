package io.kriya.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that behave badly, and what others notice of them: nothing. */
class ClientsIT {

    @AutoClose
    private static KriyaProcess kriya;

    @BeforeAll
    static void start() {
        var environment = KriyaProcess.environment(TestPostgres.database());
        // None of this is about a slow database.
        environment.put("DATABASE_TIMEOUT_MILLIS", KriyaProcess.timeout(20_000));
        kriya = KriyaProcess.start(environment);
    }

    private static Socket connect(String sent) throws IOException {
        var socket = new Socket("127.0.0.1", kriya.port());
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static final String HEAD =
            "POST /api/auth/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n";

    @Test
    void clientsThatSendSlowlyOrStopKeepNobodyWaiting() throws Exception {
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                stalled.add(connect(i % 2 == 0 ? HEAD + "{\"phone" : "POST /api/auth/reg"));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(kriya.register(Api.number()).statusCode()).isEqualTo(200);
            }
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
        assertOthersAreServed();
    }

    @Test
    void clientsThatGoAwayLeaveNothingBehind() throws Exception {
        String body = "{\"phone_number\": \"" + Api.number() + "\", \"first_name\": \"Ada\"}";
        for (int i = 0; i < 200; i++) {
            try (var socket = connect("POST /api/auth/register HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body)) {
                socket.setSoLinger(true, 0);
            }
        }
        assertOthersAreServed();
        assertThat(kriya.log()).contains("POST /api/auth/register 499");
        assertThat(kriya.metrics().lines())
                .as("no fault of Kriya's")
                .noneMatch(line -> line.startsWith("http_server_requests") && line.contains("status=\"5"));
    }

    @Test
    void tenThousandHeadersAreRefused() throws Exception {
        try (var socket = connect("GET /health HTTP/1.1\r\nHost: x\r\n")) {
            byte[] header = "X-Header: value\r\n".getBytes(StandardCharsets.US_ASCII);
            try {
                for (int i = 0; i < 10_000; i++) {
                    socket.getOutputStream().write(header);
                }
                socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                // Refused before the end.
            }
            assertThat(firstLine(socket)).contains("431");
        }
        assertOthersAreServed();
    }

    private static String firstLine(Socket socket) throws IOException {
        var line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c > 0 && c != '\r';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static void assertOthersAreServed() {
        assertThat(kriya.register(Api.number()).statusCode()).isEqualTo(200);
        assertThat(kriya.log()).doesNotContain("ERROR").doesNotContain("\tat ");
    }
}
