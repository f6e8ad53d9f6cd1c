package io.kriya.account;

import io.kriya.validation.ViolationCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which phone numbers are accepted: all that have the form of a number, or mobile numbers of chosen countries only, as
 * text messages cost money. All spellings of a number are read as one, {@linkplain PhoneFormat#canonical as
 * libphonenumber does}.
 */
@ApplicationScoped
public class PhonePolicy {

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]*");
    private static final Pattern NATIONAL = Pattern.compile("[0-9]+");
    private static final int MAX_DIGITS = 15;

    private final boolean isMobileOnly;
    private final List<String> countries;
    private final List<String> extraPrefixes;
    private final Optional<String> defaultRegion;
    private final Predicate<PhoneNumber> exempt;

    @Inject
    PhonePolicy(PhoneConfig config, TestNumbers testNumbers) {
        this(
                config.isStrict(),
                config.allowedCountries(),
                config.extraPrefixes().orElse(List.of()),
                config.defaultRegion(),
                testNumbers::contains);
    }

    /**
     * Creates a policy.
     *
     * @param countries empty for all
     * @param extraPrefixes of mobile numbers that libphonenumber does not know yet
     * @param defaultRegion the country of numbers without a country code
     * @param exempt numbers that are accepted in any case
     */
    PhonePolicy(
            boolean isMobileOnly,
            List<String> countries,
            List<String> extraPrefixes,
            Optional<String> defaultRegion,
            Predicate<PhoneNumber> exempt) {
        this.isMobileOnly = isMobileOnly;
        this.countries = List.copyOf(countries);
        this.extraPrefixes = List.copyOf(extraPrefixes);
        this.defaultRegion = defaultRegion;
        this.exempt = exempt;
    }

    /**
     * Reads a typed number with a country code, after {@code +}, or after {@code 00} where that is the international
     * prefix of the default region.
     */
    public PhoneReading read(String typed) {
        String text = PastedText.foldNumber(typed);
        return readInternational(
                defaultRegion.filter(PhoneFormat::isInternationalPrefix00).isPresent() ? withPlus(text) : text);
    }

    /**
     * Reads a typed number that may have no country code if its country is known. It may have slashes.
     *
     * @param country the one that was chosen; if empty or not served, the default region
     */
    public PhoneReading readNational(String typed, Optional<String> country) {
        Optional<String> home = country.filter(this::serves).or(() -> defaultRegion);
        String folded = PastedText.foldNumber(typed).replace("/", "");
        String text = home.stream().allMatch(PhoneFormat::isInternationalPrefix00) ? withPlus(folded) : folded;
        PhoneReading reading = home.filter(_ -> NATIONAL.matcher(text).matches())
                .map(region -> PhoneFormat.addCountryCode(text, region)
                        .map(this::readInternational)
                        .orElseGet(() -> badLength(text)))
                .orElseGet(() -> readInternational(text));
        // Where 00 is no prefix, such as in the United States, it was likely meant as one.
        return reading.refusal() != null && text.startsWith("00")
                ? PhoneReading.refused(ViolationCode.NO_COUNTRY_CODE)
                : reading;
    }

    private static String withPlus(String text) {
        return text.startsWith("00") ? "+" + text.substring(2) : text;
    }

    private PhoneReading readInternational(String text) {
        if (text.isEmpty()) {
            return PhoneReading.refused(ViolationCode.EMPTY);
        }
        if (!NUMBER.matcher(text).matches()) {
            return PhoneReading.refused(ViolationCode.MALFORMED);
        }
        if (!text.startsWith("+")) {
            return PhoneReading.refused(ViolationCode.NO_COUNTRY_CODE);
        }
        if (text.startsWith("+0")) {
            return PhoneReading.refused(ViolationCode.UNKNOWN_COUNTRY_CODE);
        }
        return PhoneNumber.of(text).map(this::read).orElseGet(() -> badLength(text));
    }

    private static PhoneReading badLength(String text) {
        return PhoneReading.refused(text.length() > MAX_DIGITS ? ViolationCode.TOO_LONG : ViolationCode.TOO_SHORT);
    }

    private PhoneReading read(PhoneNumber typed) {
        if (isMobileOnly && exempt.test(typed)) {
            return PhoneReading.accepted(typed);
        }
        PhoneNumber number = PhoneFormat.canonical(typed);
        if (isMobileOnly) {
            boolean isExtra = extraPrefixes.stream().anyMatch(number.value()::startsWith);
            return PhoneFormat.refusal(number, countries, isExtra)
                    .map(PhoneReading::refused)
                    .orElseGet(() -> PhoneReading.accepted(number));
        }
        return number.digits() < PhoneNumber.MIN_DIGITS
                ? PhoneReading.refused(ViolationCode.TOO_SHORT)
                : PhoneReading.accepted(number);
    }

    /** The country of numbers without a country code, unless another one is chosen. */
    public Optional<String> defaultRegion() {
        return defaultRegion;
    }

    /** Whether mobile numbers of a country are accepted. */
    public boolean serves(String country) {
        return (countries.isEmpty() || countries.contains(country)) && PhoneFormat.isCountry(country);
    }

    /** The countries whose mobile numbers are accepted. */
    List<PhoneCountry> countries() {
        return PhoneFormat.countries().stream()
                .filter(this::serves)
                .map(PhoneCountry::of)
                .toList();
    }
}
