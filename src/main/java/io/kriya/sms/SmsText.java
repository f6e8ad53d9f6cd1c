package io.kriya.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.http.AcceptLanguage;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The text of a message with a one-time code, in the languages of {@code sms-texts.properties}; the operator's own texts
 * replace them.
 *
 * @see <a href="https://web.dev/articles/web-otp">WebOTP, for its last line</a>
 */
// A text that does not fit one SMS stops the start.
@Startup
@ApplicationScoped
public class SmsText {

    private static final String SAMPLE_CODE = "000000";

    /** What is appended to a text, unless a carrier has registered it letter for letter. */
    private final String appendix;

    private final Map<Locale, SmsTextsFile.Text> texts = new HashMap<>();
    private final Locale fallback;

    SmsText(SmsConfig config) {
        // Browsers want their line to be the last one.
        appendix = config.appHash().map(hash -> "\n" + hash).orElse("")
                + config.webotpHost().map(host -> "\n\n@" + host + " #{code}").orElse("");
        Map<String, SmsTextsFile.Text> own =
                config.textsFile().map(SmsTextsFile::read).orElse(Map.of());
        standard()
                .forEach((tag, text) -> texts.put(
                        Locale.forLanguageTag(tag),
                        complete(own.getOrDefault(tag, text), text.notices(), config.serviceName())));
        fallback = Locale.forLanguageTag(config.language());
        if (!texts.containsKey(fallback)) {
            throw new IllegalStateException("SMS_LANGUAGE takes a language that there is a text in.");
        }
        texts.keySet().forEach(language -> check(language, own.containsKey(language.toLanguageTag())));
    }

    private static SmsTextsFile.Text complete(SmsTextsFile.Text text, Map<Notice, String> standard, String name) {
        var notices = new EnumMap<>(standard);
        notices.putAll(text.notices());
        return new SmsTextsFile.Text(text.text().replace("{service}", name), text.sender(), text.templateId(), notices);
    }

    /** Kriya's own texts by the tags of their languages. */
    static Map<String, SmsTextsFile.Text> standard() {
        var properties = new Properties();
        try (var file = new InputStreamReader(SmsText.class.getResourceAsStream("/sms-texts.properties"), UTF_8)) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.stringPropertyNames().stream()
                .filter(key -> !key.contains("."))
                .collect(Collectors.toMap(
                        tag -> tag,
                        tag -> new SmsTextsFile.Text(
                                properties.getProperty(tag),
                                Optional.empty(),
                                Optional.empty(),
                                SmsTextsFile.notices(tag, properties))));
    }

    private void check(Locale language, boolean isOwn) {
        if (!SmsSegments.fits(of(SAMPLE_CODE, language))) {
            throw new IllegalStateException("The text in " + language.getDisplayLanguage(Locale.ENGLISH)
                    + " does not fit into one SMS: "
                    + (isOwn ? "shorten it in SMS_TEXTS_FILE, or " : "")
                    + "SMS_SERVICE_NAME, SMS_WEBOTP_HOST or SMS_APP_HASH is too long for it.");
        }
    }

    /** The text with this code, in this language or in the default one. */
    String of(String code, Locale language) {
        return content(code, language, Optional.empty()).text();
    }

    /** What a message with this code says, in this language or in the default one. */
    public SmsContent content(String code, Locale language, Optional<Notice> notice) {
        Locale known = texts.containsKey(language) ? language : fallback;
        SmsTextsFile.Text text = texts.get(known);
        String told = notice.map(one -> "\n" + text.notices().get(one)).orElse("");
        String whole = text.templateId().isPresent() ? text.text() : text.text() + told + appendix;
        return new SmsContent(
                code, known, whole.replace("{code}", code), text.text(), text.sender(), text.templateId());
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
