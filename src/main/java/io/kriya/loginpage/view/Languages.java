package io.kriya.loginpage.view;

import io.kriya.http.AcceptLanguage;
import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.qute.i18n.Localized;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The languages of the login page: those of the message files. */
@ApplicationScoped
public class Languages {

    private static final Locale DEFAULT = Locale.ENGLISH;

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

    /** The best match for an {@code Accept-Language} header, or English. */
    public Language best(String acceptLanguage) {
        return languages.get(
                AcceptLanguage.best(acceptLanguage, languages.keySet()).orElse(DEFAULT));
    }

    /** All languages. */
    List<Language> all() {
        return List.copyOf(languages.values());
    }
}
