package io.kriya.loginpage.view;

import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.qute.i18n.Localized;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;

/** The languages that there are messages in. */
@ApplicationScoped
public class Languages {

    private static final Locale USUAL = Locale.ENGLISH;

    /** Longer ones are not from browsers, and take long to read. */
    private static final int LONGEST_HEADER = 1000;

    private final Map<Locale, Language> languages = new HashMap<>();

    Languages(@All List<InstanceHandle<Messages>> bundles) {
        for (InstanceHandle<Messages> bundle : bundles) {
            String tag = tag(bundle);
            boolean rightToLeft = bundle.get().direction().equals("rtl");
            languages.put(Locale.forLanguageTag(tag), new Language(tag, rightToLeft));
        }
    }

    private static String tag(InstanceHandle<Messages> bundle) {
        return bundle.getBean().getQualifiers().stream()
                .filter(Localized.class::isInstance)
                .map(localized -> ((Localized) localized).value())
                .findAny()
                .orElseThrow();
    }

    /** The language to show somebody whose browser asks for these; English where there is none of them. */
    public Language best(String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > LONGEST_HEADER) {
            return languages.get(USUAL);
        }
        try {
            Locale best = Locale.lookup(LanguageRange.parse(acceptLanguage), languages.keySet());
            return languages.get(best == null ? USUAL : best);
        } catch (IllegalArgumentException malformed) {
            return languages.get(USUAL);
        }
    }

    /** All of them. */
    List<Language> all() {
        return List.copyOf(languages.values());
    }
}
