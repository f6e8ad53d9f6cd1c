package io.kriya.signin;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts users who sign in; the counters exist from the start, at 0. */
@Startup
@ApplicationScoped
class SignInMetrics {

    private final Counter created;
    private final Counter known;

    SignInMetrics(MeterRegistry meters) {
        created = counter("created", meters);
        known = counter("known", meters);
    }

    private static Counter counter(String result, MeterRegistry meters) {
        return Counter.builder("kriya.registrations")
                .description("Users registered (created) or logged in (known).")
                .tag("result", result)
                .register(meters);
    }

    void count(boolean isNew) {
        (isNew ? created : known).increment();
    }
}
