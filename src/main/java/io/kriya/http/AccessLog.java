package io.kriya.http;

import io.kriya.http.connection.Probes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Gives each request an id, and logs it in one line when its response has ended, except for health probes. */
@Singleton
class AccessLog {

    private static final Logger LOG = Logger.getLogger("io.kriya.access");
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-ID");
    private static final String BEGUN = "io.kriya.http.begun";
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    /** Ids that are neither a token nor a phone number. */
    private static final Pattern SAFE_ID =
            Pattern.compile("(?!.*kriya_)(?![0-9.:-]{9,20}$)[0-9A-Za-z._:-]{1,64}", Pattern.CASE_INSENSITIVE);

    /** What nginx logs for a client that closed the connection before the response. */
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private final LoggedPath paths;

    AccessLog(LoggedPath paths) {
        this.paths = paths;
    }

    static boolean hasBegun(RoutingContext context) {
        return context.get(BEGUN) != null;
    }

    /** Runs once per request, even if the request is rerouted. */
    void begin(RoutingContext context) {
        ensureBegun(context);
        context.next();
    }

    void ensureBegun(RoutingContext context) {
        if (hasBegun(context)) {
            return;
        }
        context.put(BEGUN, true);
        long start = System.nanoTime();
        String id = requestId(context.request());
        MDC.put("request_id", id);
        context.response().putHeader(REQUEST_ID, id);
        context.addHeadersEndHandler(_ -> addDefaultHeaders(context));
        context.addEndHandler(end -> {
            MDC.put("request_id", id);
            log(context, end.succeeded() ? context.response().getStatusCode() : CLIENT_CLOSED_REQUEST, start);
        });
    }

    /** The client's own request id, if it is safe to log. */
    private static String requestId(HttpServerRequest request) {
        String given = request.getHeader(REQUEST_ID);
        return given != null && SAFE_ID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }

    private static void addDefaultHeaders(RoutingContext context) {
        var headers = context.response().headers();
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
        }
        headers.set(CONTENT_TYPE_OPTIONS, NO_SNIFF);
    }

    private void log(RoutingContext context, int status, long start) {
        HttpServerRequest request = context.request();
        if (request.path() != null && Probes.isProbe(request.path())) {
            return;
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        String method = Routes.method(request.method().name());
        // Not infof: formatting would cost more than the rest of this method.
        LOG.info(method + " " + paths.of(request.path()) + " " + status + " " + millis + " ms");
    }
}
