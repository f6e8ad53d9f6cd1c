package io.kriya.challenge;

import io.kriya.database.availability.Deadline;
import io.kriya.sms.DeliveryReceipt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Records delivery receipts. The first of a message counts; ArC also intercepts calls within this class. */
@Startup
@ApplicationScoped
public class Deliveries {

    /** How long after its message a receipt counts; carriers stop trying earlier. */
    private static final Duration LATEST = Duration.ofHours(72);

    private final MeterProvider<Counter> receipts;
    private final Clock clock;

    Deliveries(MeterRegistry meters, Clock clock) {
        this.clock = clock;
        receipts = Counter.builder("kriya.sms.receipts")
                .description("Delivery receipts of messages, by SMS provider and result: delivered, undelivered.")
                .withRegistry(meters);
    }

    /** Records and counts a receipt; nothing changes if its message has one already, is too old or not known. */
    public void record(DeliveryReceipt receipt) {
        recordInTransaction(receipt).ifPresent(country -> receipts.withTags(
                        "sender", receipt.sender(), "delivery", receipt.delivery(), "country", country)
                .increment());
    }

    @Deadline
    @Transactional
    Optional<String> recordInTransaction(DeliveryReceipt receipt) {
        Instant now = clock.instant();
        return SentMessage.recordReceipt(receipt, now, now.minus(LATEST));
    }
}
