package io.kriya.sms;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the owner of a number is told, the most serious first. */
public enum Notice {
    /** The number was released from an account. */
    RELEASED,
    /** A user has logged in on a device that the account did not know. */
    NEW_DEVICE,
    /** Many wrong codes were entered for the number. */
    WRONG_CODES;

    /** Its name in texts and in the database. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The notice of a label, which may be null; empty if there is no such notice. */
    public static Optional<Notice> parse(String label) {
        return Arrays.stream(values())
                .filter(notice -> notice.label().equals(label))
                .findFirst();
    }
}
