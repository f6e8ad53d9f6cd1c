package io.kriya.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The paths that there are and the methods of each, for {@code Allow} (RFC 9110, 10.2.1); the router does not tell them. */
public final class Routes {

    private static final String VERIFY = "/api/auth/verify";
    private static final String RESEND = "/api/auth/verify/resend";

    private static final String INTROSPECT = "/oauth/introspect";
    private static final String METADATA = "/.well-known/oauth-authorization-server";

    private static final List<String> GET = List.of("GET", "HEAD", "OPTIONS");
    private static final List<String> POST = List.of("OPTIONS", "POST");
    private static final List<String> FORM = List.of("GET", "HEAD", "OPTIONS", "POST");

    /** Where the cluster asks, every few seconds. */
    private static final Map<String, List<String>> PROBES = Map.of(
            "/q/health", GET,
            "/q/health/live", GET,
            "/q/health/ready", GET,
            "/q/health/started", GET);

    private static final Map<String, List<String>> METHODS = Map.ofEntries(
            Map.entry("/", GET),
            Map.entry("/health", GET),
            Map.entry("/docs", GET),
            Map.entry("/openapi", GET),
            Map.entry("/openapi.json", GET),
            Map.entry("/openapi.yaml", GET),
            Map.entry("/openapi.yml", GET),
            Map.entry("/api/auth/user", GET),
            Map.entry("/api/auth/register", POST),
            Map.entry(VERIFY, POST),
            Map.entry(RESEND, POST),
            Map.entry("/api/auth/validate-token", POST),
            Map.entry("/api/auth/cleanup-tokens", POST),
            Map.entry("/api/auth/logout", List.of("DELETE", "OPTIONS")),
            Map.entry(INTROSPECT, POST));

    /** Those that are there only where people can log in to a client. */
    private static final Map<String, List<String>> OF_CLIENT = Map.ofEntries(
            Map.entry("/oauth/authorize", FORM),
            Map.entry("/oauth/authorize/code", FORM),
            Map.entry("/oauth/authorize/resend", FORM),
            Map.entry("/oauth/authorize/name", FORM),
            Map.entry("/oauth/authorize/cancel", GET),
            Map.entry("/oauth/assets/login.css", GET),
            Map.entry("/oauth/assets/login.js", GET),
            Map.entry("/oauth/assets/logo", GET),
            Map.entry("/oauth/token", POST),
            Map.entry("/oauth/revoke", POST),
            Map.entry("/api/v4/user", GET),
            Map.entry(METADATA, GET));

    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private Routes() {}

    /** The methods of a path, whether or not a slash follows it; empty where there is no such path. */
    static Optional<List<String>> methodsOf(String path) {
        String plain = withoutSlash(path);
        return Optional.ofNullable(METHODS.get(plain))
                .or(() -> Optional.ofNullable(OF_CLIENT.get(plain)))
                .or(() -> Optional.ofNullable(PROBES.get(path)))
                .or(() -> path.startsWith("/docs/") ? Optional.of(GET) : Optional.empty());
    }

    /** Whether a path is there only where Kriya verifies phones. */
    static boolean isOfVerification(String path) {
        String plain = withoutSlash(path);
        return plain.equals(VERIFY) || plain.equals(RESEND);
    }

    /** Whether a path is there only where people can log in to a client. */
    static boolean isOfClient(String path) {
        return OF_CLIENT.containsKey(withoutSlash(path));
    }

    /** Whether it is of the API's documentation. */
    static boolean isOfDocs(String path) {
        return path.startsWith("/docs") || path.startsWith("/openapi");
    }

    /** Whether it is of the login page, which is for people alone. */
    static boolean isPage(String path) {
        return path.startsWith("/oauth/authorize");
    }

    /**
     * Kriya's own path for one that a proxy has passed on as it came, below the path that Kriya is published under;
     * empty where it is none of those that browsers and clients find by that. What describes Kriya to clients has the
     * prefix at its end (RFC 8414, 3.1).
     */
    static Optional<String> withoutPrefix(String path, String prefix) {
        return Stream.of(
                        path.startsWith(prefix) ? path.substring(prefix.length()) : "",
                        path.equals(METADATA + prefix) ? METADATA : "")
                .filter(own -> isOfClient(own) || own.equals(INTROSPECT))
                .findFirst();
    }

    public static boolean isProbe(String path) {
        return PROBES.containsKey(path);
    }

    /** Whether there is nothing in a path that a client made up. */
    static boolean isFixed(String path) {
        return METHODS.containsKey(withoutSlash(path)) || isOfClient(path) || isProbe(path);
    }

    /** A method that some route has, or one word for all others. */
    static String method(String name) {
        return KNOWN.contains(name) ? name : "other";
    }

    static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
