package io.kriya.loginpage.view;

import static java.util.stream.Collectors.toMap;

import io.kriya.account.PhoneCountry;
import io.kriya.account.PhonePolicy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The countries whose numbers are accepted, in each language. */
@Singleton
public class Countries {

    /** Keeps the plus before the digits in right-to-left text. */
    private static final String LEFT_TO_RIGHT_MARK = "\u200E";

    private final Map<String, PhoneCountry> countries;
    private final Map<Language, List<Country>> choices = new ConcurrentHashMap<>();

    Countries(PhonePolicy phones) {
        countries = phones.countries().stream().collect(toMap(PhoneCountry::code, country -> country));
    }

    /** The countries by name. */
    public List<Country> in(Language language) {
        return choices.computeIfAbsent(language, this::choices);
    }

    private List<Country> choices(Language language) {
        String plus = (language.rightToLeft() ? LEFT_TO_RIGHT_MARK : "") + "+";
        return CountryNames.in(language).entrySet().stream()
                .filter(name -> countries.containsKey(name.getKey()))
                .map(name -> new Country(
                        name.getKey(),
                        name.getValue() + " " + plus
                                + countries.get(name.getKey()).callingCode()))
                .toList();
    }

    /** An example of a mobile number of a country, in its national format. */
    public String example(String country) {
        return countries.get(country).example();
    }
}
