package io.kriya.loginpage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts the steps of logins; each counter exists from the start, at 0. */
@Startup
@ApplicationScoped
class LoginMetrics {

    enum Step {
        /** The page that asks for the number was shown. */
        BEGUN,
        /** A code was sent to the number. */
        NUMBER,
        /** The right code was given. */
        CODE,
        /** A new user gave a name. */
        NAME,
        /** The user was redirected to the client with an authorization code. */
        GRANTED,
        CANCELLED,
        /** The authorization request, the form or the settings did not allow the login. */
        REFUSED
    }

    private final Map<Step, Counter> counters = new EnumMap<>(Step.class);

    LoginMetrics(MeterRegistry meters) {
        for (Step step : Step.values()) {
            counters.put(
                    step,
                    Counter.builder("kriya.logins")
                            .description("Steps of logins on the login page: begun, number, code, name, granted;"
                                    + " cancelled, refused.")
                            .tag("step", step.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    void count(Step step) {
        counters.get(step).increment();
    }
}
