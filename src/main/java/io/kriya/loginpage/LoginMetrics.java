package io.kriya.loginpage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts how far people come. */
// Its counters are there from the start, at 0.
@Startup
@ApplicationScoped
class LoginMetrics {

    enum Step {
        /** The first page was shown, also once more. */
        BEGUN,
        /** A number was given, and a code is under way. */
        NUMBER,
        /** The right code was given. */
        CODE,
        /** Somebody new gave their name. */
        NAME,
        /** They were sent back with what the client needs. */
        GRANTED,
        CANCELLED,
        /** Not let on, for the client's request, the form, or the settings. */
        REFUSED
    }

    private final Map<Step, Counter> counters = new EnumMap<>(Step.class);

    LoginMetrics(MeterRegistry meters) {
        for (Step step : Step.values()) {
            counters.put(
                    step,
                    Counter.builder("kriya.logins")
                            .description(
                                    "Steps of people on the login page: begun, number, code, name, granted; cancelled, refused.")
                            .tag("step", step.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    void count(Step step) {
        counters.get(step).increment();
    }
}
