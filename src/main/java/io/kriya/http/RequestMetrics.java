package io.kriya.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * Measures requests in buckets, for percentiles over all replicas, and by route. Any other path, which might hold a
 * number or a token, has one label.
 */
@Singleton
class RequestMetrics {

    private static final Duration[] BUCKETS = LongStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Routes routes;
    private final MeterRegistry meters;
    private final AtomicInteger active = new AtomicInteger();

    /** The meters by their labels; asking the registry for one costs more than the rest. */
    private final Map<Labels, Timer> timers = new ConcurrentHashMap<>();

    private record Labels(String method, String route, int status) {}

    RequestMetrics(Routes routes, MeterRegistry meters) {
        this.routes = routes;
        this.meters = meters;
        Gauge.builder("http.server.active.requests", active, AtomicInteger::get)
                .description("Requests that have no response yet.")
                .register(meters);
    }

    void begin() {
        active.incrementAndGet();
    }

    /** @param status 499 if the client closed the connection before the response */
    void end(String method, String path, int status, long nanos) {
        active.decrementAndGet();
        timers.computeIfAbsent(new Labels(method, routes.label(path), status), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Labels labels) {
        return Timer.builder("http.server.requests")
                .description("Requests, but those of probes.")
                .tag("method", labels.method())
                .tag("outcome", outcome(labels.status()))
                .tag("status", labels.status() == AccessLog.CLIENT_CLOSED_REQUEST ? "RESET" : "" + labels.status())
                .tag("uri", labels.route())
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    private static String outcome(int status) {
        return switch (status / 100) {
            case 1 -> "INFORMATIONAL";
            case 2 -> "SUCCESS";
            case 3 -> "REDIRECTION";
            case 4 -> "CLIENT_ERROR";
            default -> "SERVER_ERROR";
        };
    }
}
