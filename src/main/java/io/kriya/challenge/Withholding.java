package io.kriya.challenge;

import io.kriya.sms.SmsDispatch.Delivery;
import io.kriya.sms.SmsResult;
import io.kriya.sms.SmsResult.NotSent;
import io.kriya.sms.SmsResult.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Withholds messages to numbers that may not register. To its client, a withheld message takes as long as the latest
 * one that this replica has sent, and fails while the SMS providers fail.
 */
@ApplicationScoped
class Withholding {

    /** Recorded in place of the SMS provider. */
    private static final String NOBODY = "none";

    private volatile Latest latest = new Latest(new SmsResult.Withheld(), Duration.ZERO);

    private record Latest(SmsResult result, Duration duration) {}

    /** Sends a message, and remembers how that went. */
    Delivery send(Supplier<Delivery> dispatch) {
        long start = System.nanoTime();
        Delivery delivery = dispatch.get();
        if (!(delivery.result() instanceof NotSent notSent) || notSent.reason() != Reason.INVALID_PHONE_NUMBER) {
            latest = new Latest(delivery.result(), Duration.ofNanos(System.nanoTime() - start));
        }
        return delivery;
    }

    Delivery withhold() {
        Latest model = latest;
        try {
            Thread.sleep(model.duration());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return new Delivery(NOBODY, model.result() instanceof NotSent ? model.result() : new SmsResult.Withheld());
    }
}
