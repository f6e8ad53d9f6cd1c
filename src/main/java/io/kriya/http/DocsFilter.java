package io.kriya.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Sets the security headers of the API documentation, which has inline scripts and styles. */
@Singleton
class DocsFilter {

    private static final String POLICY =
            "default-src 'none'; connect-src 'self'; font-src 'self'; img-src 'self' data:; "
                    + "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
                    + "frame-ancestors 'none'";

    void secure(RoutingContext context) {
        String path = Routes.withoutParameters(context.normalizedPath());
        if (!Routes.isDocs(path)) {
            context.next();
            return;
        }
        context.response().putHeader("Content-Security-Policy", POLICY).putHeader("X-Frame-Options", "DENY");
        if (path.startsWith("/openapi") && path.endsWith("/")) {
            context.reroute(Routes.withoutSlash(path));
        } else {
            context.next();
        }
    }
}
