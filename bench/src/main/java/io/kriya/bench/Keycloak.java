package io.kriya.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Keycloak in production mode, with a realm of one client and one user. */
final class Keycloak implements AutoCloseable {

    private static final String ADMIN = "admin";
    private static final String REALM = "/realms/bench";
    private static final String OPENID = "/protocol/openid-connect/";
    private static final String USER = "ada";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OAuthServer server;

    private Keycloak(OAuthServer server) {
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @param home where its distribution was unpacked
     */
    static Keycloak start(Path home, Database database, String heap) throws Exception {
        build(home);
        int port = Ports.free();
        var command = new ArrayList<>(Service.java(
                heap,
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                "start",
                "--optimized"));
        var settings = Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN,
                "KC_BOOTSTRAP_ADMIN_PASSWORD", OAuthServer.SECRET,
                "KC_HTTP_ENABLED", "true",
                "KC_HTTP_HOST", "127.0.0.1",
                "KC_HOSTNAME_STRICT", "false",
                "KC_DB_URL", "jdbc:postgresql://127.0.0.1:%d/%s".formatted(database.port(), database.name()),
                "KC_DB_USERNAME", "postgres",
                "KC_DB_PASSWORD", "none",
                "KC_HTTP_MANAGEMENT_PORT", Integer.toString(port));
        var keycloak =
                new Keycloak(new OAuthServer(Service.other(command, settings, "KC_HTTP_PORT", "/realms/master")));
        keycloak.createRealm();
        return keycloak;
    }

    /** Keycloak is built once for its options, as its documentation advises for production. */
    private static void build(Path home) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        home.resolve("bin/kc.sh").toString(), "build", "--db=postgres", "--cache=local")
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process build = builder.start();
        String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (build.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
    }

    private void createRealm() throws IOException {
        String admin = server.tokenOfPublicClient(
                "/realms/master" + OPENID + "token",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "admin-cli",
                        "username",
                        ADMIN,
                        "password",
                        OAuthServer.SECRET));
        // Keycloak introspects tokens for a client that is in their audience alone.
        var audience = Map.of(
                "name",
                "audience",
                "protocol",
                "openid-connect",
                "protocolMapper",
                "oidc-audience-mapper",
                "config",
                Map.of("included.client.audience", OAuthServer.CLIENT, "access.token.claim", "true"));
        var client = Map.of(
                "clientId",
                OAuthServer.CLIENT,
                "secret",
                OAuthServer.SECRET,
                "directAccessGrantsEnabled",
                true,
                "protocolMappers",
                List.of(audience));
        var user = Map.of(
                "username",
                USER,
                "firstName",
                "Ada",
                "lastName",
                "Lovelace",
                "email",
                "ada@example.com",
                "enabled",
                true,
                "credentials",
                List.of(Map.of("type", "password", "value", OAuthServer.SECRET)));
        var realm = Map.of(
                "realm",
                "bench",
                "enabled",
                true,
                "accessTokenLifespan",
                86_400,
                "ssoSessionMaxLifespan",
                86_400,
                "ssoSessionIdleTimeout",
                86_400,
                "clients",
                List.of(client),
                "users",
                List.of(user));
        server.send(server.service()
                .request("/admin/realms")
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(realm))));
    }

    /** Logs the user in so many times, and returns the call that introspects these tokens in turn. */
    Call introspect(int logins) throws IOException {
        return server.introspect(
                REALM + OPENID + "token/introspect",
                logins,
                REALM + OPENID + "token",
                Map.of("grant_type", "password", "username", USER, "password", OAuthServer.SECRET));
    }

    Service service() {
        return server.service();
    }

    @Override
    public void close() {
        server.close();
    }
}
