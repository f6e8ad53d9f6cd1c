package io.kriya.apikey;

import io.kriya.security.AcceptedSecrets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;

/** The keys of the Plane backend, in the header {@code X-API-Key}. */
// So that the counter exists from the start, at 0.
@Startup
@ApplicationScoped
public class ApiKeys {

    /** The header with the API key. */
    public static final String HEADER = "X-API-Key";

    private final AcceptedSecrets keys;
    private final Counter refusals;

    ApiKeys(ApiKeyConfig config, MeterRegistry meters) {
        keys = new AcceptedSecrets(config.keys().map(key -> key.getBytes(StandardCharsets.UTF_8)));
        refusals = Counter.builder("kriya.api.key.refusals")
                .description("Requests without a valid API key.")
                .register(meters);
    }

    /** Whether a header's value is one of the keys; null is not. */
    public boolean isAccepted(String presented) {
        // Netty decodes a header as ISO 8859-1.
        return presented != null && keys.contain(presented.getBytes(StandardCharsets.ISO_8859_1));
    }

    void countRefusal() {
        refusals.increment();
    }
}
