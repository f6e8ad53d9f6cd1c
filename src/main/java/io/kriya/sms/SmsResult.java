package io.kriya.sms;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What came of sending a text. */
public sealed interface SmsResult {

    /** A gateway has taken it. */
    record Sent() implements SmsResult {}

    /**
     * It is known that nothing was sent: it may be tried again, elsewhere or later.
     *
     * @param retryAfter how long the gateway asks to be left alone
     */
    record NotSent(Reason reason, Optional<Duration> retryAfter) implements SmsResult {

        NotSent(Reason reason) {
            this(reason, Optional.empty());
        }
    }

    /** It may have been sent, so it is not tried again. */
    record Unknown() implements SmsResult {}

    /** Why nothing was sent. */
    enum Reason {
        /** No text can be sent to this number, now or later. */
        INVALID_PHONE_NUMBER,
        /** The gateway was asked too often. */
        RATE_LIMITED,
        /** The gateway refuses, for a reason of its own. */
        REJECTED,
        /** The gateway was never connected to. */
        UNREACHABLE
    }

    /** In one word, for metrics and logs. */
    default String kind() {
        return switch (this) {
            case Sent _ -> "sent";
            case NotSent notSent -> notSent.reason().name().toLowerCase(Locale.ROOT);
            case Unknown _ -> "unknown";
        };
    }
}
