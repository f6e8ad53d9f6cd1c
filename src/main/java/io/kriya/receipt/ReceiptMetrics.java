package io.kriya.receipt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts receipts whose signature is not valid; the counter exists from the start, at 0. */
@Startup
@ApplicationScoped
class ReceiptMetrics {

    private final Counter refused;

    ReceiptMetrics(MeterRegistry meters) {
        refused = Counter.builder("kriya.sms.receipts.refused")
                .description("Delivery receipts that were refused, as their signature is missing, wrong or too old.")
                .register(meters);
    }

    void countRefused() {
        refused.increment();
    }
}
