package io.kriya.http;

import io.kriya.http.connection.IncomingBodies;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;

/** The order of the filters that a request passes before it is routed to a resource. */
class RequestFilters {

    /** The priority of Quarkus's own CORS filter; a higher one is earlier. */
    private static final int CORS = 300;

    void register(
            @Observes Filters filters,
            PathPrefix prefix,
            AccessLog log,
            IncomingBodies bodies,
            MalformedRequests malformed,
            CorsGuard cors,
            RouteGuard routes) {
        if (prefix.isSet()) {
            // First: a reroute discards the headers of the response.
            filters.register(prefix::strip, CORS + 5);
        }
        filters.register(log::begin, CORS + 4);
        filters.register(bodies::buffer, CORS + 3);
        filters.register(malformed::refuseAfterBody, CORS + 2);
        filters.register(cors::check, CORS + 1);
        filters.register(routes::check, CORS - 1);
    }

    void register(@Observes Router router, MalformedRequests malformed) {
        router.route()
                .order(Integer.MIN_VALUE)
                .handler(malformed::refuseBeforeBody)
                .failureHandler(malformed::refuseUnroutable);
    }
}
