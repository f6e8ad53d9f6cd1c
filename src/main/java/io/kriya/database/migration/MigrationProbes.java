package io.kriya.database.migration;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * Answers health probes during migrations, when the service does not listen yet: alive, but neither started nor
 * ready. For any other request the connection is closed.
 */
final class MigrationProbes implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MigrationProbes.class);

    private static final String ALIVE = """
            {"status": "UP", "checks": [{"name": "process", "status": "UP"}]}""";

    private static final String MIGRATING = """
            {"status": "DOWN", "checks": [\
            {"name": "migrations", "status": "DOWN", "data": {"reason": "migrating"}}]}""";

    private static final int IDLE_SECONDS = 5;

    private final HttpServer server;

    MigrationProbes(Vertx vertx, String host, int port) {
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHttp2ClearTextEnabled(false).setIdleTimeout(IDLE_SECONDS))
                .requestHandler(MigrationProbes::answer);
        try {
            // A server can't be closed before it listens.
            server.listen(port, host).toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException taken) {
            // The taken port is reported later, when the service opens it.
            LOG.debug("Probes are not answered", taken);
        }
    }

    private static void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/q/health/live" -> answer(request, 200, ALIVE);
            case "/q/health", "/q/health/started", "/q/health/ready" -> answer(request, 503, MIGRATING);
            case null, default -> request.connection().close();
        }
    }

    private static void answer(HttpServerRequest request, int status, String json) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json; charset=UTF-8")
                .putHeader("Connection", "close")
                .end(json);
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
