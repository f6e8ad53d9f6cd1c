package io.kriya.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Requests are counted in buckets, for percentiles over all replicas, and by route: whatever else a client asks for, which might
 * be a number or a token, is one label.
 */
@Singleton
class RequestMetrics implements MeterFilter {

    private static final String REQUESTS = "http.server.requests";
    private static final String OTHER = "other";

    private static final double[] BUCKETS = Arrays.stream(
                    new long[] {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000})
            .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
            .toArray();

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().equals(REQUESTS)) {
            return id;
        }
        List<Tag> tags = id.getTags().stream().map(RequestMetrics::known).toList();
        return id.replaceTags(tags);
    }

    private static Tag known(Tag tag) {
        return switch (tag.getKey()) {
            case "uri" -> Tag.of("uri", route(tag.getValue()));
            case "method" -> Tag.of("method", Routes.method(tag.getValue()));
            default -> tag;
        };
    }

    private static String route(String path) {
        if (path.startsWith("/docs/")) {
            return "/docs";
        }
        return Routes.methodsOf(path).isPresent() ? Routes.withoutSlash(path) : OTHER;
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
