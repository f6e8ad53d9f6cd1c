package io.kriya.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A Spring Authorization Server, with opaque tokens in PostgreSQL. */
final class SpringServer implements AutoCloseable {

    private final OAuthServer server;

    private SpringServer(OAuthServer server) {
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @param build where it was compiled
     */
    static SpringServer start(Path build, Database database, String heap) throws Exception {
        String classPath = build.resolve("classes") + ":"
                + Files.readString(build.resolve("class-path")).strip();
        var command = Service.java(heap, "-cp", classPath, "io.kriya.peer.AuthorizationServer");
        var settings = Map.of(
                "DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(database.port(), database.name()),
                "CLIENT_SECRET",
                OAuthServer.SECRET);
        return new SpringServer(
                new OAuthServer(Service.other(command, settings, "PORT", "/.well-known/oauth-authorization-server")));
    }

    /** Issues so many tokens, and returns the call that introspects them in turn. */
    Call introspect(int tokens) throws IOException {
        return server.introspect(
                "/oauth2/introspect", tokens, "/oauth2/token", Map.of("grant_type", "client_credentials"));
    }

    Service service() {
        return server.service();
    }

    @Override
    public void close() {
        server.close();
    }
}
