package io.kriya.account;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Parses and formats phone numbers by libphonenumber. Countries are two-letter codes (ISO 3166). */
@RegisterForReflection
public final class PhoneFormat {

    /** Some countries, mainly those of +1, assign mobile and fixed-line numbers from one range. */
    private static final Set<PhoneNumberType> MOBILE =
            Set.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

    /** A code that ISO 3166 does not assign. */
    private static final String NO_COUNTRY = "ZZ";

    /** The prefix of Mexican mobile numbers until 2019, still in use; libphonenumber does not know it any more. */
    private static final Pattern OLD_MEXICAN = Pattern.compile("\\+521(?=[0-9]{10}$)");

    private PhoneFormat() {}

    /** Whether a country exists and has mobile phones. */
    public static boolean isCountry(String code) {
        return library().getSupportedRegions().contains(code)
                && library().getSupportedTypesForRegion(code).contains(PhoneNumberType.MOBILE);
    }

    /** The country of a number; {@code ZZ} if it has none, such as a satellite phone. */
    public static String countryOf(PhoneNumber number) {
        return parse(number).flatMap(PhoneFormat::country).orElse(NO_COUNTRY);
    }

    /** The number in international format, such as {@code +1 202-555-0100}. */
    public static String international(PhoneNumber number) {
        return parse(number)
                .map(parsed -> library().format(parsed, PhoneNumberFormat.INTERNATIONAL))
                .orElse(number.value());
    }

    /** An example of a mobile number in the national format of a country. */
    static Optional<String> example(String country) {
        return Optional.ofNullable(library().getExampleNumberForType(country, PhoneNumberType.MOBILE))
                .map(number -> library().format(number, PhoneNumberFormat.NATIONAL));
    }

    /** Adds the country code to a national number; empty if it is not a phone number. */
    static Optional<String> addCountryCode(String digits, String country) {
        return parse(digits, country).map(number -> library().format(number, PhoneNumberFormat.E164));
    }

    /**
     * Drops digits that are dialled only within a country; empty if the number is not a mobile number of one of the
     * countries. A number in a range that several countries share counts as a number of each of them.
     *
     * @param countries empty for all
     */
    static Optional<PhoneNumber> mobile(PhoneNumber number, List<String> countries) {
        return parse(number)
                // The type of a number that is not valid is unknown.
                .filter(parsed -> MOBILE.contains(library().getNumberType(parsed)))
                .filter(parsed -> country(parsed).isPresent())
                .filter(parsed -> countries.isEmpty()
                        || countries.stream().anyMatch(one -> library().isValidNumberForRegion(parsed, one)))
                .map(parsed -> library().format(parsed, PhoneNumberFormat.E164))
                .flatMap(PhoneNumber::normalize);
    }

    private static Optional<String> country(Phonenumber.PhoneNumber number) {
        return Optional.ofNullable(library().getRegionCodeForNumber(number))
                .filter(library().getSupportedRegions()::contains);
    }

    private static Optional<Phonenumber.PhoneNumber> parse(PhoneNumber number) {
        return parse(OLD_MEXICAN.matcher(number.value()).replaceFirst("+52"), NO_COUNTRY);
    }

    private static Optional<Phonenumber.PhoneNumber> parse(String number, String country) {
        try {
            return Optional.of(library().parse(number, country));
        } catch (NumberParseException malformed) {
            return Optional.empty();
        }
    }

    /** Loads a country's metadata with its first number, so it is not part of the native image's heap. */
    private static PhoneNumberUtil library() {
        return PhoneNumberUtil.getInstance();
    }
}
