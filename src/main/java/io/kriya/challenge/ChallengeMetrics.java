package io.kriya.challenge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts the steps of challenges; each counter exists from the start, at 0. */
@Startup
@ApplicationScoped
class ChallengeMetrics {

    /** A step; its name in lower case is the metric's label. */
    enum Step {
        BEGUN,
        SENT_AGAIN,
        VERIFIED,
        WRONG_CODE
    }

    private final Map<Step, Counter> counters = new EnumMap<>(Step.class);
    private final Event<Step> steps;

    ChallengeMetrics(MeterRegistry meters, Event<Step> steps) {
        this.steps = steps;
        for (Step step : Step.values()) {
            counters.put(
                    step,
                    Counter.builder("kriya.verifications")
                            .description("Steps of challenges: begun, sent_again, verified, wrong_code.")
                            .tag("step", step.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    void count(Step step) {
        counters.get(step).increment();
    }

    /** Counts a step when the transaction of the caller is committed. */
    void countOnCommit(Step step) {
        steps.fire(step);
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Step step) {
        count(step);
    }
}
