package io.kriya.sms;

import io.kriya.account.PhoneNumber;
import java.util.regex.Pattern;

/**
 * A text message.
 *
 * @param reference the idempotency key, the same for every try: letters, digits, {@code -} and {@code _}
 */
public record SmsMessage(PhoneNumber to, SmsContent content, String reference) {

    /** Safe in a header, and without dots, which separate the parts of what is signed. */
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public SmsMessage {
        if (!REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException("not a reference");
        }
    }

    String text() {
        return content.text();
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "SmsMessage[…]";
    }
}
