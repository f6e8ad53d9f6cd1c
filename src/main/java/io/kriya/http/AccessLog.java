package io.kriya.http;

import io.kriya.http.connection.Probes;
import io.kriya.security.RandomUuid;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.MDC;

/** Gives each request an id; logs and measures it when its response has ended, except for health probes. */
@Singleton
class AccessLog {

    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-ID");
    private static final String BEGUN = "io.kriya.http.begun";
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    /** Ids that are neither a token nor a phone number. */
    private static final Pattern SAFE_ID =
            Pattern.compile("(?!.*kriya_)(?![0-9.:-]{9,20}$)[0-9A-Za-z._:-]{1,64}", Pattern.CASE_INSENSITIVE);

    /** What nginx logs for a client that closed the connection before the response. */
    static final int CLIENT_CLOSED_REQUEST = 499;

    private final LoggedPath paths;
    private final AccessLogBlocks log;
    private final RequestMetrics metrics;
    private final boolean isTraced;

    AccessLog(
            LoggedPath paths,
            AccessLogBlocks log,
            RequestMetrics metrics,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean isTracingOff) {
        this.paths = paths;
        this.log = log;
        this.metrics = metrics;
        isTraced = !isTracingOff;
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
        if (!Probes.isProbe(context.request().path())) {
            metrics.begin();
            context.addEndHandler(end -> end(
                    context, id, end.succeeded() ? context.response().getStatusCode() : CLIENT_CLOSED_REQUEST, start));
        }
    }

    /** The client's own request id, if it is safe to log. */
    private static String requestId(HttpServerRequest request) {
        String given = request.getHeader(REQUEST_ID);
        return given != null && SAFE_ID.matcher(given).matches() ? given : newId();
    }

    /** Of an ordinary random source: an id of a request is no secret. */
    private static String newId() {
        var random = ThreadLocalRandom.current();
        return RandomUuid.of(random.nextLong(), random.nextLong()).toString();
    }

    private static void addDefaultHeaders(RoutingContext context) {
        var headers = context.response().headers();
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
        }
        headers.set(CONTENT_TYPE_OPTIONS, NO_SNIFF);
    }

    private void end(RoutingContext context, String id, int status, long start) {
        HttpServerRequest request = context.request();
        long nanos = System.nanoTime() - start;
        String method = Routes.method(request.method().name());
        metrics.end(method, request.path(), status, nanos);
        if (log.isEnabled()) {
            String message = method + " " + paths.of(request.path()) + " " + status + " " + nanos / 1_000_000 + " ms";
            log.log(new AccessLine(message, id, isTraced ? MDC.getMap() : Map.of()));
        }
    }
}
