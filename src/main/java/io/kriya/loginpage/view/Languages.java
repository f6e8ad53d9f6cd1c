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

    private final Map<Locale, Language> languages = new HashMap<>();

    Languages(@All List<InstanceHandle<Messages>> bundles) {
        for (InstanceHandle<Messages> bundle : bundles) {
            String tag = tag(bundle);
            boolean rightToLeft = bundle.get().direction().equals("rtl");
            languages.put(
                    Locale.forLanguageTag(tag), new Language(tag, bundle.get().languageName(), rightToLeft));
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

    /** All languages, in the order of their tags. */
    public List<Language> all() {
        return languages.values().stream()
                .sorted(Comparator.comparing(Language::tag))
                .toList();
    }
}
