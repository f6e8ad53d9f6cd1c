package io.kriya.loginpage.view;

import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.qute.i18n.Localized;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The languages of the login page: those of the message files, which are those of the text messages. */
@ApplicationScoped
public class Languages {

    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    /** Rounding up 61 seconds to two minutes would be far off. */
    private static final double ONE_AND_A_HALF = 1.5;

    private final Map<Locale, Language> languages = new HashMap<>();
    private final Map<Language, Messages> messages = new HashMap<>();

    Languages(@All List<InstanceHandle<Messages>> bundles) {
        for (InstanceHandle<Messages> bundle : bundles) {
            String tag = tag(bundle);
            boolean rightToLeft = bundle.get().direction().equals("rtl");
            var language = new Language(tag, bundle.get().languageName(), rightToLeft);
            languages.put(Locale.forLanguageTag(tag), language);
            messages.put(language, bundle.get());
        }
    }

    private static String tag(InstanceHandle<Messages> bundle) {
        return bundle.getBean().getQualifiers().stream()
                .filter(Localized.class::isInstance)
                .map(localized -> ((Localized) localized).value())
                .findAny()
                .orElseThrow();
    }

    public Language of(Locale locale) {
        return languages.get(locale);
    }

    /** A time to wait in words, rounded up: {@code 25 seconds}, {@code 2 minutes}, {@code 12 hours}. */
    public String duration(Language language, long seconds) {
        Messages words = messages.get(language);
        if (seconds < ONE_AND_A_HALF * MINUTE) {
            return words.seconds((int) seconds);
        }
        return seconds < ONE_AND_A_HALF * HOUR
                ? words.minutes((int) Math.ceilDiv(seconds, MINUTE))
                : words.hours((int) Math.ceilDiv(seconds, HOUR));
    }

    /** All languages, in the order of their tags. */
    public List<Language> all() {
        return languages.values().stream()
                .sorted(Comparator.comparing(Language::tag))
                .toList();
    }
}
