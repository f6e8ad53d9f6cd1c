package io.kriya.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An OAuth client to try the login page: redirects to it, and greets the user who comes back (RFC 6749, 4.1, PKCE).
 * Dev mode serves it; compose runs this file alone ({@code java DemoClient.java}), so it uses only the JDK.
 *
 * @param kriya where this client reaches Kriya
 * @param publicUrl where browsers reach Kriya
 * @param redirectUri where browsers are redirected after the login
 */
record DemoClient(String kriya, String publicUrl, String clientId, String clientSecret, String redirectUri) {

    private static final String COOKIE = "kriya_demo";

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%1$s</title>
            <style>body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 15vh auto; padding: 0 1rem; max-width: 36rem; }</style>
            <h1>%1$s</h1>
            <p>%2$s</p>
            <p><a href="%3$s">Log in again</a></p>
            </html>
            """;

    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final PrintStream OUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A response to a browser. */
    record Answer(int status, Map<String, String> headers, String body) {}

    /** Redirects to the login page. */
    Answer begin() {
        String state = random();
        String verifier = random();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", clientId);
        query.put("redirect_uri", redirectUri);
        query.put("response_type", "code");
        query.put("scope", "read_user");
        query.put("state", state);
        query.put("code_challenge", challenge(verifier));
        query.put("code_challenge_method", "S256");
        return new Answer(
                302,
                Map.of(
                        "Location",
                        publicUrl + "/oauth/authorize?" + encode(query),
                        "Set-Cookie",
                        cookie(state + "." + verifier, 3600)),
                "");
    }

    /**
     * Greets the user who comes back.
     *
     * @param again the path to log in again
     */
    Answer end(Map<String, String> query, String cookies, String again) throws InterruptedException {
        String expected = Pattern.compile("(?:^|;\\s*)" + COOKIE + "=([^;]*)")
                .matcher(cookies == null ? "" : cookies)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
        String state = query.getOrDefault("state", "");
        if (state.isEmpty() || !expected.startsWith(state + ".")) {
            return page(400, "Not logged in", "This login did not begin in this browser, or long ago.", again);
        }
        if (!query.containsKey("code")) {
            return page(200, "Not logged in", "Kriya said: " + query.get("error"), again);
        }
        try {
            String user = user(accessToken(query.get("code"), expected.substring(state.length() + 1)));
            String text =
                    "This is a demo client. It was told your name, the id %s and the address %s: no phone number.";
            return page(
                    200,
                    "Hello, " + field(user, "name"),
                    text.formatted(field(user, "id"), field(user, "email")),
                    again);
        } catch (IOException refused) {
            return page(502, "Not logged in", refused.getMessage(), again);
        }
    }

    private String accessToken(String code, String verifier) throws IOException, InterruptedException {
        Map<String, String> form = Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                redirectUri,
                "code_verifier",
                verifier,
                "client_id",
                clientId,
                "client_secret",
                clientSecret);
        return field(
                call(HttpRequest.newBuilder(URI.create(kriya + "/oauth/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(encode(form)))),
                "access_token");
    }

    private String user(String accessToken) throws IOException, InterruptedException {
        return call(HttpRequest.newBuilder(URI.create(kriya + "/api/v4/user"))
                .header("Authorization", "Bearer " + accessToken));
    }

    private static String call(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("Kriya answered %d to %s."
                        .formatted(response.statusCode(), request.uri().getPath()));
            }
            return response.body();
        }
    }

    /** A string of a flat JSON object that Kriya wrote. */
    private static String field(String json, String name) throws IOException {
        return Pattern.compile("\"" + name + "\":\"((?:[^\"\\\\]|\\\\.)*)\"")
                .matcher(json)
                .results()
                .map(found -> found.group(1).translateEscapes())
                .findFirst()
                .orElseThrow(() -> new IOException("Kriya told no " + name + "."));
    }

    private Answer page(int status, String title, String text, String again) {
        return new Answer(
                status,
                Map.of(
                        "Content-Type",
                        "text/html; charset=utf-8",
                        "Content-Security-Policy",
                        POLICY,
                        "Referrer-Policy",
                        "no-referrer",
                        "Set-Cookie",
                        cookie("", 0)),
                PAGE.formatted(escape(title), escape(text), escape(again)));
    }

    private String cookie(String value, int seconds) {
        return "%s=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=Lax"
                .formatted(COOKIE, value, URI.create(redirectUri).getPath(), seconds);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Map<String, String> decode(String query) {
        return Arrays.stream(query == null ? new String[0] : query.split("&"))
                .map(field -> field.split("=", 2))
                .filter(field -> field.length == 2)
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], UTF_8), (first, second) -> first));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Serves the client at {@code PORT}, and prints the messages that Kriya posts to {@code /phone}. */
    public static void main(String... arguments) throws IOException {
        Map<String, String> environment = System.getenv();
        var client = new DemoClient(
                environment.get("KRIYA_URL"),
                environment.get("PUBLIC_URL"),
                environment.get("OAUTH_CLIENT_ID"),
                environment.get("OAUTH_CLIENT_SECRET"),
                environment.get("REDIRECT_URI"));
        HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(environment.get("PORT"))), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> client.answer(exchange));
        server.start();
        OUT.println("Log in at http://localhost:" + environment.get("PORT"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
                case "GET /" -> send(exchange, begin());
                case "GET /callback" -> {
                    var query = decode(exchange.getRequestURI().getRawQuery());
                    send(exchange, end(query, exchange.getRequestHeaders().getFirst("Cookie"), "/"));
                }
                case "POST /phone" -> {
                    String message = new String(exchange.getRequestBody().readNBytes(10_000), UTF_8);
                    String number = field(message, "to").replaceAll("(?<=.{5}).(?=..)", "•");
                    OUT.println("SMS to " + number + ": " + field(message, "text"));
                    send(exchange, new Answer(200, Map.of("Content-Type", "application/json"), "{\"status\":\"ok\"}"));
                }
                default -> send(exchange, new Answer(404, Map.of(), ""));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
