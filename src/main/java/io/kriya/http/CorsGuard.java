package io.kriya.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Hides the {@code Origin} of unlisted origins from Quarkus's CORS filter: the response has no CORS headers, so the
 * browser withholds it. Quarkus would respond with 403, even to requests of the documentation behind a proxy that
 * terminates TLS. The login page never has CORS headers. No other route reads a cookie, so those of OAuth do not allow
 * credentials; the routes of the older service do, as browsers refuse its front ends otherwise.
 */
@Singleton
class CorsGuard {

    private static final String LOGIN_PAGE = "/oauth/authorize";

    private static final List<String> OAUTH = List.of("/oauth/", "/api/v4/", "/.well-known/");

    private final Set<String> origins;

    CorsGuard(@ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> origins) {
        this.origins = Set.copyOf(origins.orElse(List.of()));
    }

    void check(RoutingContext context) {
        var headers = context.request().headers();
        String origin = headers.get(HttpHeaders.ORIGIN);
        if (origin != null) {
            context.response().putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
            String path = Routes.withoutParameters(context.normalizedPath());
            if (!origins.contains(origin) || path.startsWith(LOGIN_PAGE)) {
                headers.remove(HttpHeaders.ORIGIN);
            } else if (OAUTH.stream().anyMatch(path::startsWith)) {
                context.addHeadersEndHandler(
                        _ -> context.response().headers().remove(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS));
            }
        }
        context.next();
    }
}
