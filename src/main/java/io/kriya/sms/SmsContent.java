package io.kriya.sms;

import java.util.Locale;
import java.util.Optional;

/**
 * What a message with a one-time code says.
 *
 * @param text the whole text of an SMS
 * @param sentence the text without a notice and what is appended for phones, with {@code {code}} in place of the code
 * @param sender the number or the name that it comes from, if the texts have one of their own
 * @param templateId the id that a carrier has registered the text under
 */
public record SmsContent(
        String code,
        Locale language,
        String text,
        String sentence,
        Optional<String> sender,
        Optional<String> templateId) {

    /** Redacted. */
    @Override
    public String toString() {
        return "SmsContent[…]";
    }
}
