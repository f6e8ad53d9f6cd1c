package io.kriya.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.http.AcceptLanguage;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The text of a message with a one-time code, in the languages of {@code sms-texts.properties}.
 *
 * @see <a href="https://web.dev/articles/web-otp">WebOTP, for its last line</a>
 */
// A text that does not fit one SMS stops the start.
@Startup
@ApplicationScoped
public class SmsText {

    private static final String SAMPLE_CODE = "000000";

    private final Map<Locale, String> texts = new HashMap<>();
    private final Locale fallback;

    SmsText(SmsConfig config) {
        String lastLine =
                config.webotpHost().map(host -> "\n\n@" + host + " #{code}").orElse("");
        resource()
                .forEach((tag, text) -> texts.put(
                        Locale.forLanguageTag(tag.toString()),
                        text.toString().replace("{service}", config.serviceName()) + lastLine));
        fallback = Locale.forLanguageTag(config.language());
        if (!texts.containsKey(fallback)) {
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

    /** The text with this code, in this language or in the default one. */
    public String of(String code, Locale language) {
        String text = texts.containsKey(language) ? texts.get(language) : texts.get(fallback);
        return text.replace("{code}", code);
    }

    /** The best language for this {@code Accept-Language}. */
    public Locale language(String acceptLanguage) {
        return language(Optional.empty(), acceptLanguage);
    }

    /** The best language for a list of languages that was asked for, else for this {@code Accept-Language}. */
    public Locale language(Optional<String> asked, String acceptLanguage) {
        return asked.flatMap(list -> AcceptLanguage.best(list, texts.keySet()))
                .or(() -> AcceptLanguage.best(acceptLanguage, texts.keySet()))
                .orElse(fallback);
    }

    /** The tags of all languages, in order. */
    public List<String> languages() {
        return texts.keySet().stream().map(Locale::toLanguageTag).sorted().toList();
    }
}
