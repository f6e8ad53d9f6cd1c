package io.kriya.loginpage.view;

import static java.util.stream.Collectors.toMap;

import java.text.Collator;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of the countries in each language. The native binary has no locale data: there, as all static state, they
 * are computed while it is built.
 */
final class CountryNames {

    /** The languages of the message files. */
    static final List<String> LANGUAGES = List.of("ar", "de", "en", "es", "fr", "hi", "id", "ja", "pt", "ru", "zh");

    /** Countries with phones that ISO 3166 does not list: Ascension, Tristan da Cunha, Kosovo. */
    private static final List<String> UNLISTED = List.of("AC", "TA", "XK");

    private static final Map<String, Map<String, String>> NAMES =
            LANGUAGES.stream().collect(toMap(Function.identity(), CountryNames::sorted));

    private CountryNames() {}

    private static Map<String, String> sorted(String language) {
        Locale locale = Locale.of(language);
        Collator collator = Collator.getInstance(locale);
        return Stream.concat(Arrays.stream(Locale.getISOCountries()), UNLISTED.stream())
                .map(code -> Map.entry(code, Locale.of("", code).getDisplayCountry(locale)))
                .sorted(Map.Entry.comparingByValue(collator))
                .collect(Collectors.collectingAndThen(
                        toMap(Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one, LinkedHashMap::new),
                        Collections::unmodifiableMap));
    }

    /** The names by country code, in the order of the language; English for an unknown language. */
    static Map<String, String> in(Language language) {
        String tag = Locale.forLanguageTag(language.tag()).getLanguage();
        return NAMES.getOrDefault(tag, NAMES.get("en"));
    }
}
