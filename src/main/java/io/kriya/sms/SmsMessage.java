package io.kriya.sms;

import io.kriya.account.PhoneNumber;
import java.util.regex.Pattern;

/**
 * A text on its way to a phone.
 *
 * @param reference the same for every try of one message, so that whoever gets it twice knows; letters, digits, {@code -} and
 *     {@code _}
 */
public record SmsMessage(PhoneNumber to, String text, String reference) {

    /** It goes into a header, and between dots into what is signed. */
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public SmsMessage {
        if (!REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException("not a reference");
        }
    }

    /** Says nothing of the number and of the text. */
    @Override
    public String toString() {
        return "SmsMessage[…]";
    }
}
