package io.kriya.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which phone numbers are accepted: all that have the form of a number, or mobile numbers of chosen countries only, as
 * text messages cost money.
 */
@ApplicationScoped
public class PhonePolicy {

    private static final Pattern NATIONAL = Pattern.compile("[0-9]{3,20}");

    private final boolean isMobileOnly;
    private final List<String> countries;
    private final Optional<String> defaultRegion;
    private final Predicate<PhoneNumber> exempt;

    @Inject
    PhonePolicy(PhoneConfig config, TestNumbers testNumbers) {
        this(config.isStrict(), config.countries().orElse(List.of()), config.defaultRegion(), testNumbers::contains);
    }

    /**
     * Creates a policy.
     *
     * @param countries empty for all
     * @param defaultRegion the country of numbers without a country code
     * @param exempt numbers that are accepted in any case
     */
    PhonePolicy(
            boolean isMobileOnly,
            List<String> countries,
            Optional<String> defaultRegion,
            Predicate<PhoneNumber> exempt) {
        this.isMobileOnly = isMobileOnly;
        this.countries = List.copyOf(countries);
        this.defaultRegion = defaultRegion;
        this.exempt = exempt;
    }

    /** Reads a typed number with a country code; empty if it is not a number or is not accepted. */
    public Optional<PhoneNumber> read(String typed) {
        return isMobileOnly ? PhoneNumber.normalize(typed).flatMap(this::mobile) : PhoneNumber.parse(typed);
    }

    /** Reads a typed number that may have no country code if there is a default region. */
    public Optional<PhoneNumber> readNational(String typed) {
        return read(typed).or(() -> addCountryCode(typed).flatMap(this::read));
    }

    private Optional<String> addCountryCode(String typed) {
        String digits = Digits.toAscii(typed, " -.()/");
        return defaultRegion
                .filter(_ -> NATIONAL.matcher(digits).matches())
                .flatMap(region -> PhoneFormat.addCountryCode(digits, region));
    }

    /** An example of a number of the default region; empty if there is none. */
    public Optional<String> example() {
        return defaultRegion.flatMap(PhoneFormat::example);
    }

    private Optional<PhoneNumber> mobile(PhoneNumber typed) {
        return exempt.test(typed) ? Optional.of(typed) : PhoneFormat.mobile(typed, countries);
    }
}
