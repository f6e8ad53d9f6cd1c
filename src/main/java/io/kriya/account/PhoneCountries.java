package io.kriya.account;

import static java.util.stream.Collectors.toMap;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The countries whose mobile numbers are accepted. To compute them takes a tenth of a second, once. */
@ApplicationScoped
public class PhoneCountries {

    private final Map<String, PhoneCountry> countries;

    PhoneCountries(PhonePolicy phones) {
        countries = phones.countries().stream()
                .collect(toMap(PhoneCountry::code, country -> country, (one, _) -> one, TreeMap::new));
    }

    /** All of them, by code. */
    public Collection<PhoneCountry> all() {
        return countries.values();
    }

    public Optional<PhoneCountry> find(String code) {
        return Optional.ofNullable(countries.get(code));
    }
}
