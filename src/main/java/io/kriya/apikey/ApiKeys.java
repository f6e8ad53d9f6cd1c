package io.kriya.apikey;

import io.kriya.security.Sha256;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** The keys of the Plane backend, in the header {@code X-API-Key}. */
// So that the counter exists from the start, at 0.
@Startup
@ApplicationScoped
public class ApiKeys {

    /** The header with the API key. */
    public static final String HEADER = "X-API-Key";

    private final List<byte[]> keys;
    private final Counter refusals;

    ApiKeys(ApiKeyConfig config, MeterRegistry meters) {
        keys = config.keys()
                .map(key -> Sha256.of(key.getBytes(StandardCharsets.UTF_8)))
                .toList();
        refusals = Counter.builder("kriya.api.key.refusals")
                .description("Requests without a valid API key.")
                .register(meters);
    }

    /** Whether a header's value is one of the keys; null is not. */
    public boolean isAccepted(String presented) {
        if (presented == null) {
            return false;
        }
        // Netty decodes a header as ISO 8859-1. The comparison takes constant time: digests have one length, and every
        // key is compared.
        byte[] digest = Sha256.of(presented.getBytes(StandardCharsets.ISO_8859_1));
        boolean accepted = false;
        for (byte[] key : keys) {
            accepted |= MessageDigest.isEqual(key, digest);
        }
        return accepted;
    }

    void countRefusal() {
        refusals.increment();
    }
}
