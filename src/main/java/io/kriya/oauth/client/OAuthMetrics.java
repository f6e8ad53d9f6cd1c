package io.kriya.oauth.client;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what clients call, and what came of it. */
// Its counters are there from the start, at 0.
@Startup
@ApplicationScoped
public class OAuthMetrics {

    public enum Endpoint {
        TOKEN,
        USER,
        INTROSPECT,
        REVOKE
    }

    private final Map<Endpoint, Counter> granted = new EnumMap<>(Endpoint.class);
    private final Map<Endpoint, Counter> refused = new EnumMap<>(Endpoint.class);

    OAuthMetrics(MeterRegistry meters) {
        for (Endpoint endpoint : Endpoint.values()) {
            granted.put(endpoint, counter(endpoint, "ok", meters));
            refused.put(endpoint, counter(endpoint, "refused", meters));
        }
    }

    private static Counter counter(Endpoint endpoint, String result, MeterRegistry meters) {
        return Counter.builder("kriya.oauth")
                .description("Calls of clients of OAuth, by endpoint, and what came of them: ok or refused.")
                .tag("endpoint", endpoint.name().toLowerCase(Locale.ROOT))
                .tag("result", result)
                .register(meters);
    }

    void granted(Endpoint endpoint) {
        granted.get(endpoint).increment();
    }

    void refused(Endpoint endpoint) {
        refused.get(endpoint).increment();
    }
}
