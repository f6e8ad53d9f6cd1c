package io.kriya.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;

/**
 * Measures requests in buckets, for percentiles over all replicas, and by route. Any other path, which might hold a
 * number or a token, has one label.
 */
@Singleton
class RequestMetrics implements MeterFilter, HttpServerMetricsTagsContributor {

    private static final String REQUESTS = "http.server.requests";
    private static final String URI = "uri";

    private static final double[] BUCKETS = Arrays.stream(
                    new long[] {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000})
            .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
            .toArray();

    private final Routes routes;

    RequestMetrics(Routes routes) {
        this.routes = routes;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().equals(REQUESTS)
                ? id.replaceTags(id.getTags().stream().map(this::bounded).toList())
                : id;
    }

    private Tag bounded(Tag tag) {
        return switch (tag.getKey()) {
            case URI -> Tag.of(URI, label(tag.getValue()));
            case "method" -> Tag.of("method", Routes.method(tag.getValue()));
            default -> tag;
        };
    }

    private String label(String path) {
        if (path.startsWith("/docs/")) {
            return "/docs";
        }
        return routes.find(path).isPresent() ? routes.template(path) : "other";
    }

    /** Micrometer gives all redirects one label; those of a resource (the login page) get the label of its route. */
    @Override
    public Tags contribute(Context context) {
        String path = context.request().path();
        return context.response().statusCode() / 100 == 3 && path != null && routes.isResource(path)
                ? Tags.of(URI, path)
                : Tags.empty();
    }

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals(REQUESTS)
                ? DistributionStatisticConfig.builder()
                        .serviceLevelObjectives(BUCKETS)
                        .build()
                        .merge(config)
                : config;
    }
}
