package io.kriya.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A Keycloak in production mode, with a realm of one client and one user. */
final class Keycloak implements AutoCloseable {

    private static final String ADMIN = "admin";
    private static final String REALM = "/realms/bench";
    private static final String CLIENT = "gateway";
    private static final String SECRET = "a-secret-of-the-benchmark-only";
    private static final String USER = "ada";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Service service;

    private Keycloak(Service service) {
        this.service = service;
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
                "KC_BOOTSTRAP_ADMIN_PASSWORD", SECRET,
                "KC_HTTP_ENABLED", "true",
                "KC_HTTP_HOST", "127.0.0.1",
                "KC_HOSTNAME_STRICT", "false",
                "KC_DB_URL", "jdbc:postgresql://127.0.0.1:%d/%s".formatted(database.port(), database.name()),
                "KC_DB_USERNAME", "postgres",
                "KC_DB_PASSWORD", "none",
                "KC_HTTP_MANAGEMENT_PORT", Integer.toString(port));
        var keycloak = new Keycloak(Service.other(command, settings, "KC_HTTP_PORT", "/realms/master"));
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
        String admin = token("/realms/master", Map.of("client_id", "admin-cli", "username", ADMIN, "password", SECRET));
        var client = Map.of(
                "clientId", CLIENT,
                "secret", SECRET,
                "directAccessGrantsEnabled", true);
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
                List.of(Map.of("type", "password", "value", SECRET)));
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
        send(service.request("/admin/realms")
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(realm))));
    }

    /** Logs the user in so many times, and returns the call that introspects these tokens in turn. */
    Call introspect(int logins) throws IOException {
        var tokens = new ArrayList<String>();
        for (int i = 0; i < logins; i++) {
            tokens.add(token(
                    REALM, Map.of("client_id", CLIENT, "client_secret", SECRET, "username", USER, "password", SECRET)));
        }
        var next = new int[1];
        String credentials =
                Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.US_ASCII));
        return Call.form(
                REALM + "/protocol/openid-connect/token/introspect",
                Map.of("Authorization", "Basic " + credentials),
                () -> "token=" + tokens.get(next[0]++ % tokens.size()),
                "\"active\":true");
    }

    private String token(String realm, Map<String, String> form) throws IOException {
        var fields = new HashMap<>(form);
        fields.put("grant_type", "password");
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(service.request(realm + "/protocol/openid-connect/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)))
                .get("access_token")
                .asText();
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException {
        var response = service.send(request);
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException("Keycloak answers " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    Service service() {
        return service;
    }

    @Override
    public void close() {
        service.close();
    }
}
