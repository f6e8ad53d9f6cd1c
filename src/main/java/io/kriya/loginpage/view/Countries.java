package io.kriya.loginpage.view;

import io.kriya.account.PhoneCountries;
import io.kriya.account.PhoneCountry;
import io.kriya.loginpage.branding.NumberScript;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The countries whose numbers are accepted, in each language. */
@ApplicationScoped
public class Countries {

    /** Keeps the plus before the digits in right-to-left text. */
    private static final String LEFT_TO_RIGHT_MARK = "\u200E";

    private final PhoneCountries countries;
    private final NumberScript script;
    private final Map<Language, List<Country>> named = new ConcurrentHashMap<>();

    Countries(PhoneCountries countries, NumberScript script) {
        this.countries = countries;
        this.script = script;
    }

    /** The countries by name, of which one may be chosen. */
    public CountryChoice choice(Language language, Optional<String> chosen) {
        Optional<PhoneCountry> country = chosen.flatMap(countries::find);
        return new CountryChoice(
                named.computeIfAbsent(language, this::named),
                country.map(PhoneCountry::code).orElse(null),
                country.map(PhoneCountry::example).orElse(null),
                script.asset().version());
    }

    private List<Country> named(Language language) {
        String plus = (language.rightToLeft() ? LEFT_TO_RIGHT_MARK : "") + "+";
        return CountryNames.in(language).entrySet().stream()
                .flatMap(name -> countries.find(name.getKey()).stream()
                        .map(country ->
                                new Country(country.code(), name.getValue() + " " + plus + country.callingCode())))
                .toList();
    }
}
