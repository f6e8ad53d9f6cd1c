package io.kriya.sms;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The result of sending a message. */
public sealed interface SmsResult {

    /** The error code of a provider that gave none. */
    int NO_CODE = 0;

    /** An SMS provider has accepted it. */
    record Sent() implements SmsResult {}

    /**
     * Certainly not sent: it may be retried, by another provider or later.
     *
     * @param retryAfter the {@code Retry-After} of the SMS provider
     * @param errorCode of the SMS provider, or {@link #NO_CODE}
     */
    record NotSent(Reason reason, Optional<Duration> retryAfter, int errorCode) implements SmsResult {

        NotSent(Reason reason) {
            this(reason, Optional.empty(), NO_CODE);
        }
    }

    /**
     * It may have been sent, so it must not be retried.
     *
     * @param errorCode of the SMS provider, or {@link #NO_CODE}
     */
    record Unknown(int errorCode) implements SmsResult {

        Unknown() {
            this(NO_CODE);
        }
    }

    /** Not given to any provider, as the number may not register. */
    record Withheld() implements SmsResult {}

    /** Why nothing was sent. */
    enum Reason {
        /** The number can never receive messages. */
        INVALID_PHONE_NUMBER,
        /** The rate limit of the SMS provider is exceeded. */
        RATE_LIMITED,
        /** The SMS provider rejects the message for another reason, and will until the operator changes something. */
        REJECTED,
        /** The SMS provider could not be reached. */
        UNREACHABLE;

        /** Whether the same message may be accepted later, without a change of the number or of the settings. */
        boolean isPassing() {
            return this == RATE_LIMITED || this == UNREACHABLE;
        }
    }

    /** The error code of the SMS provider, or {@link #NO_CODE}. */
    default int errorCode() {
        return NO_CODE;
    }

    /** The label in metrics and logs. */
    default String kind() {
        return switch (this) {
            case Sent _ -> "sent";
            case NotSent notSent -> notSent.reason().name().toLowerCase(Locale.ROOT);
            case Unknown _ -> "unknown";
            case Withheld _ -> "withheld";
        };
    }
}
