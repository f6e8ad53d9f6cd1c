package io.kriya.http;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracingIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String NUMBER = "+12025550147";

    private final Queue<byte[]> received = new ConcurrentLinkedQueue<>();
    private final Vertx vertx = Vertx.vertx();
    private HttpServer collector;

    @BeforeEach
    void aCollectorListens() throws Exception {
        collector = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> collect(request, body)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    /** OTLP over HTTP, or over gRPC, whose answer is an empty message in a frame and a trailer. */
    private void collect(HttpServerRequest request, Buffer body) {
        if (request.path().equals("/v1/traces")) {
            received.add(body.getBytes());
            request.response().end();
        } else if (request.path().equals("/opentelemetry.proto.collector.trace.v1.TraceService/Export")) {
            received.add(body.getBytes());
            request.response()
                    .putHeader("content-type", "application/grpc")
                    .putTrailer("grpc-status", "0")
                    .end(Buffer.buffer(new byte[5]));
        } else {
            request.response().setStatusCode(404).end();
        }
    }

    @AfterEach
    void theCollectorEnds() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private String endpoint() {
        return "http://127.0.0.1:" + collector.actualPort();
    }

    private KriyaProcess start(Map<String, String> settings) {
        var environment = KriyaProcess.environment(TestPostgres.database());
        // Else spans are collected for five seconds before they are sent.
        environment.put("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms");
        environment.putAll(settings);
        return KriyaProcess.start(environment);
    }

    private KriyaProcess startTracing() {
        return start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint(), "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
    }

    @Test
    void withoutAnotherWordTheCollectorIsSpokenToInGrpc() {
        try (var kriya = start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint()))) {
            kriya.get("/last");
            await("the span").until(() -> spans().contains("/last"));
            assertThat(kriya.log()).doesNotContain("Failed to export");
        }
    }

    /** All that was received, byte for byte, so that text can be looked for. */
    private String spans() {
        return received.stream()
                .map(body -> new String(body, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
    }

    @Test
    void aTraceThatPlaneBeganIsContinued() {
        try (var kriya = startTracing()) {
            kriya.send(kriya.request("/api/auth/user?token=none")
                    .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                    .build());
            String id = new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1);
            await("the span").until(() -> spans().contains(id));
            assertThat(spans()).contains("GET /api/auth/user", "service.name");
        }
    }

    @Test
    void spansHoldNothingOfAPerson() {
        var settings = new HashMap<>(Api.CLIENT);
        settings.put("OAUTH_TOKEN_IN_QUERY", "1");
        settings.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint());
        settings.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        try (var kriya = start(settings)) {
            String token = KriyaProcess.tokenOf(kriya.post(
                    "/api/auth/register", "{\"phone_number\": \"" + NUMBER + "\", \"first_name\": \"Zebulon\"}"));
            kriya.validate(token);
            for (String path : new String[] {
                "/api/auth/user?token=" + token,
                "/api/auth/user/" + token,
                "/api/auth/user;" + token,
                "/" + NUMBER,
                "/docs/" + NUMBER,
                "/api/auth/user?token=" + token + "%00",
                "/api/v4/user?access_token=kriya_at_" + token.substring(6),
                "/last"
            }) {
                kriya.send(kriya.request(path)
                        .header("X-Forwarded-For", "203.0.113.77")
                        .header("User-Agent", "ada-browser")
                        .build());
            }
            kriya.send(kriya.request("/nowhere")
                    .method("CALL" + NUMBER.substring(1), HttpRequest.BodyPublishers.noBody())
                    .build());
            kriya.get("/very/last");
            await("the last span").until(() -> spans().contains("/very/last"));
            assertThat(spans())
                    .contains("POST /api/auth/register", "/api/auth/validate-token")
                    .doesNotContain(token.substring(6), NUMBER.substring(1), "203.0.113.77", "ada-browser", "Zebulon");
        }
    }

    @Test
    void probesAreNotTraced() {
        try (var kriya = startTracing()) {
            kriya.get("/q/health/ready");
            kriya.get("/last");
            await("the last span").until(() -> spans().contains("/last"));
            assertThat(spans()).doesNotContain("/q/health");
        }
    }

    @Test
    void withoutACollectorNothingIsTraced() {
        try (var kriya = start(Map.of())) {
            kriya.get("/last");
            kriya.terminate();
            assertThat(kriya.awaitExit()).isZero();
            assertThat(received).isEmpty();
            assertThat(kriya.log()).doesNotContain("traceId").doesNotContain("OTLP");
        }
    }

    @Test
    void aCollectorThatIsGoneDisturbsNobody() throws Exception {
        collector.close().toCompletionStage().toCompletableFuture().get();
        try (var kriya = startTracing()) {
            assertThat(kriya.register(NUMBER).statusCode()).isEqualTo(200);
            kriya.terminate();
            assertThat(kriya.awaitExit()).isZero();
        }
    }
}
