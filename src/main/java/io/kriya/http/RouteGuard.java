package io.kriya.http;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemResponses;
import io.kriya.http.Routes.Route;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Responds with 404 if a route's feature is off, with 405 if a route lacks the method, and to {@code OPTIONS}. */
@Singleton
class RouteGuard {

    /** The documentation has inline scripts and styles. */
    private static final String DOCS_POLICY =
            "default-src 'none'; connect-src 'self'; font-src 'self'; img-src 'self' data:; "
                    + "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; base-uri 'none'; "
                    + "form-action 'none'; frame-ancestors 'none'";

    private final Routes routes;
    private final ProblemResponses problems;
    private final LaunchMode mode;

    RouteGuard(Routes routes, ProblemResponses problems, LaunchMode mode) {
        this.routes = routes;
        this.problems = problems;
        this.mode = mode;
    }

    void check(RoutingContext context) {
        String path = Routes.withoutParameters(context.normalizedPath());
        HttpServerResponse response = context.response();
        HttpMethod method = context.request().method();
        Route route = routes.find(path).orElse(null);
        if (route == null && !isReserved(path)) {
            context.next();
        } else if (route == null || !route.isEnabled()) {
            problems.end(response, ErrorCode.NOT_FOUND);
        } else if (method.equals(HttpMethod.OPTIONS)) {
            response.putHeader(HttpHeaders.ALLOW, route.allow()).end();
        } else if (!route.methods().contains(method.name())) {
            problems.end(response.putHeader(HttpHeaders.ALLOW, route.allow()), ErrorCode.METHOD_NOT_ALLOWED);
        } else if (Routes.isDocs(path)) {
            response.putHeader("Content-Security-Policy", DOCS_POLICY).putHeader("X-Frame-Options", "DENY");
            if (path.startsWith("/openapi") && path.endsWith("/")) {
                context.reroute(Routes.withoutSlash(path));
            } else {
                context.next();
            }
        } else {
            ContentTypes.normalize(context);
            context.next();
        }
    }

    /** Quarkus would serve the documentation under other names too, and a group of health checks of any name. */
    private boolean isReserved(String path) {
        return Routes.isDocs(path) || path.startsWith("/q/") && mode != LaunchMode.DEVELOPMENT;
    }
}
