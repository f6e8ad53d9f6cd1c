package io.kriya.oauth.client;

import io.kriya.error.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Counts the requests of OAuth clients by endpoint and result. */
@Startup // registers the counters
@ApplicationScoped
public class OAuthMetrics {

    public enum Endpoint {
        TOKEN,
        USER,
        GROUPS,
        INTROSPECT,
        REVOKE
    }

    private final Map<Endpoint, Counter> ok = new EnumMap<>(Endpoint.class);
    private final Map<Endpoint, Counter> refused = new EnumMap<>(Endpoint.class);

    OAuthMetrics(MeterRegistry meters) {
        for (Endpoint endpoint : Endpoint.values()) {
            ok.put(endpoint, counter(endpoint, "ok", meters));
            refused.put(endpoint, counter(endpoint, "refused", meters));
        }
    }

    private static Counter counter(Endpoint endpoint, String result, MeterRegistry meters) {
        return Counter.builder("kriya.oauth")
                .description("Requests of OAuth clients, by endpoint and result: ok or refused.")
                .tag("endpoint", endpoint.name().toLowerCase(Locale.ROOT))
                .tag("result", result)
                .register(meters);
    }

    /** Handles a request and counts it as {@code ok} or {@code refused}; an internal error is not counted. */
    public <T> T count(Endpoint endpoint, Supplier<T> handler) {
        try {
            T response = handler.get();
            ok.get(endpoint).increment();
            return response;
        } catch (OAuthException | ProblemException refusal) {
            refused.get(endpoint).increment();
            throw refusal;
        }
    }

    /** Counts a response when it is there, as {@link #count(Endpoint, Supplier)} does. */
    public <T> Uni<T> count(Endpoint endpoint, Uni<T> response) {
        return response.onItem()
                .invoke(() -> ok.get(endpoint).increment())
                .onFailure(failure -> failure instanceof OAuthException || failure instanceof ProblemException)
                .invoke(() -> refused.get(endpoint).increment());
    }
}
