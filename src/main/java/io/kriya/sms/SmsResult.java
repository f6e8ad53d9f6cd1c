package io.kriya.sms;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The result of sending a message. */
public sealed interface SmsResult {

    /** An SMS provider has accepted it. */
    record Sent() implements SmsResult {}

    /**
     * Certainly not sent: it may be retried, by another provider or later.
     *
     * @param retryAfter the {@code Retry-After} of the SMS provider
     */
    record NotSent(Reason reason, Optional<Duration> retryAfter) implements SmsResult {

        NotSent(Reason reason) {
            this(reason, Optional.empty());
        }
    }

    /** It may have been sent, so it must not be retried. */
    record Unknown() implements SmsResult {}

    /** Why nothing was sent. */
    enum Reason {
        /** The number can never receive messages. */
        INVALID_PHONE_NUMBER,
        /** The rate limit of the SMS provider is exceeded. */
        RATE_LIMITED,
        /** The SMS provider rejects the message for another reason. */
        REJECTED,
        /** The SMS provider could not be reached. */
        UNREACHABLE
    }

    /** The label in metrics and logs. */
    default String kind() {
        return switch (this) {
            case Sent _ -> "sent";
            case NotSent notSent -> notSent.reason().name().toLowerCase(Locale.ROOT);
            case Unknown _ -> "unknown";
        };
    }
}
