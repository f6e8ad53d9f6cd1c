package io.kriya.sms;

import java.net.URI;
import java.util.Optional;

/** Checks the settings that a provider requires. The errors name the setting and never its value. */
final class Required {

    private Required() {}

    static String text(String setting, Optional<String> value) {
        return value.filter(text -> !text.isBlank())
                .orElseThrow(() ->
                        new IllegalStateException(setting + " is required by one of the senders in SMS_SENDERS."));
    }

    static URI url(String setting, String value) {
        URI url = null;
        try {
            url = URI.create(value);
        } catch (IllegalArgumentException unreadable) {
            // Its message quotes the value.
        }
        if (url == null
                || url.getHost() == null
                || !String.valueOf(url.getScheme()).matches("(?i)https?")) {
            throw new IllegalStateException(setting + " takes a URL such as https://sms.example.com/send.");
        }
        return url;
    }
}
