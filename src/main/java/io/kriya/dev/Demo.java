package io.kriya.dev;

import io.kriya.dev.DemoClient.Answer;
import io.kriya.oauth.client.OAuthConfig;
import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Serves the demo client in dev mode, unless settings name another client. */
@Singleton
@IfBuildProfile("dev")
class Demo {

    static final String PUBLIC_URL = "kriya.oauth.public-url";

    private static final String PATH = "/demo";
    private static final String CALLBACK = PATH + "/callback";

    private final OAuthConfig config;

    Demo(OAuthConfig config) {
        this.config = config;
    }

    /** The OAuth settings that the demo client needs. */
    static Map<String, String> settings(String port) {
        String url = "http://localhost:" + port;
        return Map.of(
                "kriya.oauth.client-id",
                "demo",
                "kriya.oauth.client-secret",
                "secret-of-the-demo-client-for-development-only",
                "kriya.oauth.redirect-uris",
                url + CALLBACK,
                PUBLIC_URL,
                url);
    }

    /** The URL of the demo client; empty if another client is configured. */
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
        callback().ifPresent(callback -> {
            var client = new DemoClient(
                    callback.substring(0, callback.length() - CALLBACK.length()),
                    config.publicUrl().orElseThrow().toString(),
                    config.clientId().orElseThrow(),
                    config.clientSecret().orElseThrow(),
                    callback);
            router.route(HttpMethod.GET, PATH).handler(context -> answer(context, client.begin()));
            router.route(HttpMethod.GET, CALLBACK).blockingHandler(context -> end(context, client), false);
        });
    }

    private static void end(RoutingContext context, DemoClient client) {
        Map<String, String> query = new HashMap<>();
        context.queryParams().forEach(query::putIfAbsent);
        try {
            answer(context, client.end(query, context.request().getHeader(HttpHeaders.COOKIE), PATH));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            context.fail(ended);
        }
    }

    private static void answer(RoutingContext context, Answer answer) {
        answer.headers().forEach(context.response()::putHeader);
        context.response().setStatusCode(answer.status()).end(answer.body());
    }
}
