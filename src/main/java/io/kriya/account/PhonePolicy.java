package io.kriya.account;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which phone numbers are taken: all that have the form of one, or, where text messages are paid for, those of mobile phones in
 * chosen countries.
 */
@ApplicationScoped
public class PhonePolicy {

    /** Some countries, those of +1 above all, give both kinds out of one range. */
    private static final Set<PhoneNumberType> MOBILE =
            Set.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

    /** What there can be of a number without its country code; what is longer is none. */
    private static final Pattern NATIONAL = Pattern.compile("[0-9]{3,20}");

    /** ISO 3166 keeps this code free. */
    private static final String NO_COUNTRY = "ZZ";

    /** Until 2019 mobile phones of Mexico were called with a 1, and are written so still; the library has forgotten it. */
    private static final Pattern OLD_MEXICAN = Pattern.compile("\\+521(?=[0-9]{10}$)");

    private final boolean strict;
    private final List<String> countries;
    private final Optional<String> defaultRegion;
    private final Predicate<PhoneNumber> exempt;

    @Inject
    PhonePolicy(PhoneConfig config, TestNumbers testNumbers) {
        this(config.isStrict(), config.countries().orElse(List.of()), config.defaultRegion(), testNumbers::contains);
    }

    /**
     * As the configuration says, or a test.
     *
     * @param countries none for all
     * @param defaultRegion of numbers without a country code
     * @param exempt numbers that are taken as they are
     */
    PhonePolicy(boolean strict, List<String> countries, Optional<String> defaultRegion, Predicate<PhoneNumber> exempt) {
        this.strict = strict;
        this.countries = List.copyOf(countries);
        this.defaultRegion = defaultRegion;
        this.exempt = exempt;
    }

    /**
     * Reads what a person typed.
     *
     * @return the number in its one form, or empty where the text is none or the number is not taken
     */
    public Optional<PhoneNumber> read(String typed) {
        return strict ? PhoneNumber.normalize(typed).flatMap(this::mobile) : PhoneNumber.parse(typed);
    }

    /** The same, of what somebody at home types: without a country code it is a number of the default region. */
    public Optional<PhoneNumber> readAtHome(String typed) {
        return read(typed).or(() -> national(typed).flatMap(this::read));
    }

    private Optional<String> national(String typed) {
        String digits = Digits.plain(typed, " -.()/");
        return defaultRegion
                .filter(_ -> NATIONAL.matcher(digits).matches())
                .flatMap(region -> international(digits, region));
    }

    private static Optional<String> international(String digits, String region) {
        try {
            return Optional.of(library().format(library().parse(digits, region), PhoneNumberFormat.E164));
        } catch (NumberParseException none) {
            return Optional.empty();
        }
    }

    /** As people write it, with its country code. */
    public String format(PhoneNumber number) {
        return parsed(number)
                .map(known -> library().format(known, PhoneNumberFormat.INTERNATIONAL))
                .orElse(number.value());
    }

    /** A number of the default region as people write it there, to show them how; empty where there is no such region. */
    public Optional<String> example() {
        return defaultRegion
                .map(region -> library().getExampleNumberForType(region, PhoneNumberType.MOBILE))
                .map(number -> library().format(number, PhoneNumberFormat.NATIONAL));
    }

    private Optional<PhoneNumber> mobile(PhoneNumber typed) {
        if (exempt.test(typed)) {
            return Optional.of(typed);
        }
        return parsed(typed)
                .filter(this::isTaken)
                .map(number -> library().format(number, PhoneNumberFormat.E164))
                .flatMap(PhoneNumber::normalize);
    }

    /** A number that nobody can have is of no type. One of a range that countries share is of each of them. */
    private boolean isTaken(Phonenumber.PhoneNumber number) {
        return MOBILE.contains(library().getNumberType(number))
                && country(number).isPresent()
                && (countries.isEmpty()
                        || countries.stream().anyMatch(country -> library().isValidNumberForRegion(number, country)));
    }

    /** The country of a number, as a two-letter code (ISO 3166); {@code ZZ} where it has none, such as a satellite phone. */
    public String countryOf(PhoneNumber number) {
        return parsed(number).flatMap(PhonePolicy::country).orElse(NO_COUNTRY);
    }

    /** Whether this is the two-letter code of a country that has mobile phones. */
    public static boolean isCountry(String code) {
        return library().getSupportedRegions().contains(code)
                && library().getSupportedTypesForRegion(code).contains(PhoneNumberType.MOBILE);
    }

    private static Optional<String> country(Phonenumber.PhoneNumber number) {
        return Optional.ofNullable(library().getRegionCodeForNumber(number))
                .filter(library().getSupportedRegions()::contains);
    }

    private static Optional<Phonenumber.PhoneNumber> parsed(PhoneNumber number) {
        try {
            String called = OLD_MEXICAN.matcher(number.value()).replaceFirst("+52");
            return Optional.of(library().parse(called, NO_COUNTRY));
        } catch (NumberParseException none) {
            return Optional.empty();
        }
    }

    /** What it knows of a country is loaded with the first number of it. */
    private static PhoneNumberUtil library() {
        return PhoneNumberUtil.getInstance();
    }
}
