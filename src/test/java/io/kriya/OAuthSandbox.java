package io.kriya;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Runs a command beside packaged Kriyas that other OAuth clients use, as {@link Sandbox} does. {@code KRIYA_URL} has the
 * default settings, {@code KRIYA_STATELESS_URL} and {@code KRIYA_QUERY_URL} those that some clients need. Each line of
 * {@code redirects.properties} is a client with the path of its redirect URI; it gets a port, and the variable
 * {@code REDIRECT_} with its name has the redirect URI.
 */
public final class OAuthSandbox {

    private static final Path REDIRECTS = Path.of("src/test/oauth-clients/redirects.properties");

    /** With characters that clients encode in different ways. */
    private static final String SECRET = "the+secret/of%the=clients&32-characters";

    private static final String GATEWAY_SECRET = "the+secret/of%the=gateways&32-characters";

    private OAuthSandbox() {}

    public static void main(String... command) throws IOException, InterruptedException {
        Map<String, String> variables = new LinkedHashMap<>();
        redirects()
                .forEach((client, path) -> variables.put(
                        "REDIRECT_" + client.toString().toUpperCase(Locale.ROOT),
                        "http://127.0.0.1:" + Ports.free() + path));
        var settings = Map.of(
                "OAUTH_CLIENT_ID",
                "app",
                "OAUTH_CLIENT_SECRET",
                SECRET,
                "OAUTH_REDIRECT_URIS",
                String.join(",", variables.values()),
                "INTROSPECTION_CLIENT_ID",
                "gateway",
                "INTROSPECTION_CLIENT_SECRET",
                GATEWAY_SECRET);
        settings.forEach((name, value) -> {
            if (!name.equals("OAUTH_REDIRECT_URIS")) {
                variables.put(name, value);
            }
        });
        int status;
        try (var kriya = Deployment.start(0, Map.of())) {
            variables.put("KRIYA_URL", launch(kriya, settings, Map.of()));
            variables.put("KRIYA_STATELESS_URL", launch(kriya, settings, Map.of("OAUTH_ALLOW_STATELESS", "1")));
            variables.put(
                    "KRIYA_QUERY_URL",
                    launch(kriya, settings, Map.of("OAUTH_TOKEN_IN_QUERY", "1", "GITLAB_NUMERIC_ID", "1")));
            kriya.replicas.forEach(KriyaProcess::awaitAnswer);
            status = Sandbox.run(kriya, variables, command);
        }
        System.exit(status);
    }

    private static Properties redirects() throws IOException {
        var redirects = new Properties();
        try (Reader reader = Files.newBufferedReader(REDIRECTS)) {
            redirects.load(reader);
        }
        return redirects;
    }

    /** Its URL, which is its {@code PUBLIC_URL} too. */
    private static String launch(Deployment kriya, Map<String, String> settings, Map<String, String> more) {
        int port = Ports.free();
        String url = "http://127.0.0.1:" + port;
        var environment = kriya.environment();
        environment.putAll(settings);
        environment.putAll(more);
        environment.put("PORT", Integer.toString(port));
        environment.put("PUBLIC_URL", url);
        kriya.replicas.add(KriyaProcess.launchOn(port, environment));
        return url;
    }
}
