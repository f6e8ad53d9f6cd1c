package io.kriya.challenge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts the steps of challenges; each counter exists from the start, at 0. */
@Startup
@ApplicationScoped
public class ChallengeMetrics {

    /** A step; its name in lower case is the metric's label. */
    public enum Step {
        BEGUN,
        SENT_AGAIN,
        VERIFIED,
        WRONG_CODE
    }

    private final Map<Step, Counter> counters = new EnumMap<>(Step.class);

    ChallengeMetrics(MeterRegistry meters) {
        for (Step step : Step.values()) {
            counters.put(
                    step,
                    Counter.builder("kriya.verifications")
                            .description("Steps of challenges: begun, sent_again, verified, wrong_code.")
                            .tag("step", step.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    public void count(Step step) {
        counters.get(step).increment();
    }
}
