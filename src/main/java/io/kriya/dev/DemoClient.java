package io.kriya.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kriya.crypto.RandomText;
import io.kriya.crypto.Sha256;
import io.kriya.oauth.OAuthConfig;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Variant;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A client to log in to, in dev mode: it sends people to the login page, and says hello to those who come back. */
@Singleton
@IfBuildProfile("dev")
class DemoClient {

    static final String PUBLIC_URL = "kriya.oauth.public-url";

    private static final String PATH = "/demo";
    private static final String CALLBACK = PATH + "/callback";

    /** Holds what an answer is known by, and what its code is good with, until it comes. */
    private static final String COOKIE = "kriya_demo";

    private static final int RANDOM_BYTES = 32;

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{title}</title>
            <style>body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 15vh auto; padding: 0 1rem; max-width: 36rem; }</style>
            <h1>{title}</h1>
            <p>{text}</p>
            <p><a href="{again}">Log in again</a></p>
            </html>
            """;

    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final OAuthConfig config;
    private final Engine engine;
    private final ObjectMapper json;

    DemoClient(OAuthConfig config, Engine engine, ObjectMapper json) {
        this.config = config;
        this.engine = engine;
        this.json = json;
    }

    /** What a developer would have to set. */
    static Map<String, String> settings(String port) {
        String url = "http://localhost:" + port;
        return Map.of(
                "kriya.oauth.client-id",
                "demo",
                "kriya.oauth.client-secret",
                "secret-of-the-demo-client-for-development-only",
                "kriya.oauth.redirect-uris",
                url + CALLBACK,
                "kriya.oauth.public-url",
                url);
    }

    /** Where it is; empty where people are not sent back to it. */
    Optional<String> url() {
        return callback().map(url -> url.substring(0, url.length() - CALLBACK.length()) + PATH);
    }

    private Optional<String> callback() {
        return config.redirectUris().filter(_ -> config.isEnabled()).stream()
                .flatMap(List::stream)
                .filter(url -> url.endsWith(CALLBACK))
                .findFirst();
    }

    void serve(@Observes Router router) {
        if (url().isPresent()) {
            router.route(HttpMethod.GET, PATH).handler(this::begin);
            router.route(HttpMethod.GET, CALLBACK).blockingHandler(this::end, false);
        }
    }

    /** RFC 6749, 4.1.1, with PKCE (RFC 7636). */
    private void begin(RoutingContext context) {
        String state = RandomText.of(RANDOM_BYTES);
        String verifier = RandomText.of(RANDOM_BYTES);
        context.response().addCookie(cookie(state + "." + verifier));
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", config.clientId().orElseThrow());
        query.put("redirect_uri", callback().orElseThrow());
        query.put("response_type", "code");
        query.put("scope", "read_user");
        query.put("state", state);
        query.put(
                "code_challenge",
                Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(verifier.getBytes(UTF_8))));
        query.put("code_challenge_method", "S256");
        context.response()
                .setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, kriya("/oauth/authorize?" + encoded(query)))
                .end();
    }

    private static Cookie cookie(String value) {
        return Cookie.cookie(COOKIE, value).setPath(PATH).setHttpOnly(true).setSameSite(CookieSameSite.LAX);
    }

    private void end(RoutingContext context) {
        Cookie cookie = context.request().getCookie(COOKIE);
        String[] expected = cookie == null ? new String[0] : cookie.getValue().split("\\.", 2);
        context.response().addCookie(cookie("").setMaxAge(0));
        String state = context.request().getParam("state");
        String code = context.request().getParam("code");
        if (expected.length < 2 || !expected[0].equals(state)) {
            show(context, 400, "Not logged in", "This is no answer to a login that began in this browser.");
        } else if (code == null) {
            show(
                    context,
                    200,
                    "Not logged in",
                    "Kriya said: " + context.request().getParam("error"));
        } else {
            greet(context, code, expected[1]);
        }
    }

    private void greet(RoutingContext context, String code, String verifier) {
        try {
            JsonNode person = person(accessToken(code, verifier));
            show(
                    context,
                    200,
                    "Hello, " + person.path("name").asText(),
                    "This is the demo client of dev mode. It was told your name, the id %s and the address %s: no phone number."
                            .formatted(
                                    person.path("id").asText(),
                                    person.path("email").asText()));
        } catch (IOException refused) {
            show(context, 502, "Not logged in", refused.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            show(context, 503, "Not logged in", "Kriya ends.");
        }
    }

    private String accessToken(String code, String verifier) throws IOException, InterruptedException {
        Map<String, String> form = Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                callback().orElseThrow(),
                "code_verifier",
                verifier,
                "client_id",
                config.clientId().orElseThrow(),
                "client_secret",
                config.clientSecret().orElseThrow());
        return call(HttpRequest.newBuilder(URI.create(kriya("/oauth/token")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(encoded(form))))
                .path("access_token")
                .asText();
    }

    private JsonNode person(String accessToken) throws IOException, InterruptedException {
        return call(HttpRequest.newBuilder(URI.create(kriya("/api/v4/user")))
                .header("Authorization", "Bearer " + accessToken));
    }

    private JsonNode call(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("Kriya answered %d to %s."
                        .formatted(
                                response.statusCode(), response.request().uri().getPath()));
            }
            return json.readTree(response.body());
        }
    }

    private String kriya(String path) {
        return config.publicUrl().orElseThrow() + path;
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private void show(RoutingContext context, int status, String title, String text) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Referrer-Policy", "no-referrer")
                .end(engine.parse(PAGE, Variant.forContentType(Variant.TEXT_HTML))
                        .data("title", title, "text", text, "again", PATH)
                        .render());
    }
}
