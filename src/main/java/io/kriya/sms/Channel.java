package io.kriya.sms;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a code reaches a phone. */
public enum Channel {
    SMS,
    WHATSAPP,
    VOICE;

    /** Its name in settings, in the API and in the database. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Channel> parse(String label) {
        return Arrays.stream(values())
                .filter(channel -> channel.label().equals(label))
                .findFirst();
    }

    /** The channel of a sender of {@code SMS_SENDERS}. */
    public static Channel of(String sender) {
        return parse(sender).orElse(SMS);
    }
}
