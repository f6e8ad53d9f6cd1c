package io.kriya.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Properties;

/**
 * What a text with a code says, in the languages of {@code sms-texts.properties}.
 *
 * @see <a href="https://web.dev/articles/web-otp">WebOTP, for its last line</a>
 */
// A text that is too long stops the start.
@Startup
@ApplicationScoped
public class SmsText {

    private static final String SAMPLE_CODE = "000000";

    /** Longer ones are not from browsers, and take long to read. */
    private static final int LONGEST_HEADER = 1000;

    private final Map<Locale, String> texts = new HashMap<>();
    private final Locale usual;

    SmsText(SmsConfig config) {
        String lastLine =
                config.webotpHost().map(host -> "\n\n@" + host + " #{code}").orElse("");
        resource()
                .forEach((tag, text) -> texts.put(
                        Locale.forLanguageTag(tag.toString()),
                        text.toString().replace("{service}", config.serviceName()) + lastLine));
        usual = Locale.forLanguageTag(config.language());
        if (!texts.containsKey(usual)) {
            throw new IllegalStateException("SMS_LANGUAGE takes a language that there is a text in.");
        }
        texts.keySet().forEach(this::check);
    }

    private static Properties resource() {
        var properties = new Properties();
        try (var file = new InputStreamReader(SmsText.class.getResourceAsStream("/sms-texts.properties"), UTF_8)) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private void check(Locale language) {
        if (!SmsSegments.fits(of(SAMPLE_CODE, language))) {
            throw new IllegalStateException("The text in " + language.getDisplayLanguage(Locale.ENGLISH)
                    + " does not fit into one SMS: SMS_SERVICE_NAME or SMS_WEBOTP_HOST is too long for it.");
        }
    }

    /** The text with this code, in this language, or else in the usual one. */
    public String of(String code, Locale language) {
        String text = texts.containsKey(language) ? texts.get(language) : texts.get(usual);
        return text.replace("{code}", code);
    }

    /** The language to write in to somebody whose browser asks for these; what can't be read asks for none. */
    public Locale language(String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > LONGEST_HEADER) {
            return usual;
        }
        try {
            Locale best = Locale.lookup(LanguageRange.parse(acceptLanguage), texts.keySet());
            return best == null ? usual : best;
        } catch (IllegalArgumentException malformed) {
            return usual;
        }
    }
}
