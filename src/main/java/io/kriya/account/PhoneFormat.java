package io.kriya.account;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import io.kriya.validation.ViolationCode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Parses and formats phone numbers by libphonenumber. Countries are two-letter codes (ISO 3166). */
@RegisterForReflection
public final class PhoneFormat {

    /** Some countries, mainly those of +1, assign mobile and fixed-line numbers from one range. */
    private static final Set<PhoneNumberType> MOBILE =
            Set.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

    /** More than a number has digits. */
    private static final int MAX_PREFIXES = 16;

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

    /**
     * The country of a number; {@code ZZ} if it has none, such as a satellite phone. Of a number that libphonenumber
     * does not know, the main country of its country code.
     */
    public static String countryOf(PhoneNumber number) {
        return parse(number)
                .flatMap(parsed -> country(parsed).or(() -> Optional.of(parsed)
                        .filter(library()::isPossibleNumber)
                        .map(possible -> library().getRegionCodeForCountryCode(possible.getCountryCode()))
                        .filter(library().getSupportedRegions()::contains)))
                .orElse(NO_COUNTRY);
    }

    /** The number in international format, such as {@code +1 202-555-0100}. */
    public static String international(PhoneNumber number) {
        return parse(number)
                .map(parsed -> library().format(parsed, PhoneNumberFormat.INTERNATIONAL))
                .orElse(number.value());
    }

    /** The countries that have mobile phones. */
    static List<String> countries() {
        return library().getSupportedRegions().stream()
                .filter(PhoneFormat::isCountry)
                .sorted()
                .toList();
    }

    static int callingCode(String country) {
        return library().getCountryCodeForRegion(country);
    }

    /** Whether a country is the main one of those that share its calling code, such as {@code US} of +1. */
    static boolean isMain(String country) {
        return country.equals(library().getRegionCodeForCountryCode(callingCode(country)));
    }

    /** How many digits a mobile number of a country may have, without calling code and trunk prefix. */
    static IntStream lengths(String country) {
        return IntStream.rangeClosed(4, 15).filter(length -> isMobileLength(callingCode(country), length));
    }

    private static boolean isMobileLength(int callingCode, int length) {
        var number = new Phonenumber.PhoneNumber().setCountryCode(callingCode).setNationalNumber((long)
                Math.pow(10, length - 1));
        return library().isPossibleNumberForTypeWithReason(number, PhoneNumberType.MOBILE)
                == ValidationResult.IS_POSSIBLE;
    }

    /** An example of a mobile number without calling code and trunk prefix, formatted; empty if there is none. */
    static String significantExample(String country) {
        return Optional.ofNullable(library().getExampleNumberForType(country, PhoneNumberType.MOBILE))
                .map(number -> library().format(number, PhoneNumberFormat.INTERNATIONAL))
                .map(text -> text.substring(text.indexOf(' ') + 1))
                .orElse("");
    }

    /** An example of a mobile number as people write it in its country: without a trunk prefix if that is optional. */
    static Optional<String> example(String country) {
        return Optional.ofNullable(library().getExampleNumberForType(country, PhoneNumberType.MOBILE))
                .map(number -> {
                    String national = library().format(number, PhoneNumberFormat.NATIONAL);
                    String digits = library().getNationalSignificantNumber(number);
                    String typed = typed(digits, country);
                    return typed.equals(digits)
                                    || PhoneNumberUtil.normalizeDigitsOnly(national)
                                            .equals(digits)
                            ? national
                            : typed;
                });
    }

    /** Formats digits while they are typed: of a number that needs a trunk prefix, only the digits are left. */
    private static String typed(String digits, String country) {
        var formatter = library().getAsYouTypeFormatter(country);
        return digits.chars()
                .mapToObj(digit -> formatter.inputDigit((char) digit))
                .reduce("", (_, last) -> last);
    }

    /** Adds the country code to a national number; empty if it is not a phone number. */
    static Optional<String> addCountryCode(String digits, String country) {
        return parse(digits, country).map(number -> library().format(number, PhoneNumberFormat.E164));
    }

    /** Whether {@code 00} stands for the plus of a country code where this country is dialled from. */
    static boolean isInternationalPrefix00(String country) {
        return addCountryCode("0012025550142", country)
                .filter("+12025550142"::equals)
                .isPresent();
    }

    /**
     * The form that all spellings of a number share: without the digits that are dialled only within its country. A
     * number that libphonenumber can't read stays as it is.
     */
    public static PhoneNumber canonical(PhoneNumber number) {
        PhoneNumber current = number;
        // One prefix is dropped at a time.
        for (int i = 0; i < MAX_PREFIXES; i++) {
            PhoneNumber next = withoutPrefix(current);
            if (next.equals(current)) {
                break;
            }
            current = next;
        }
        return current;
    }

    private static PhoneNumber withoutPrefix(PhoneNumber number) {
        return parse(number)
                .map(parsed -> library().format(parsed, PhoneNumberFormat.E164))
                .flatMap(PhoneNumber::of)
                .orElse(number);
    }

    /**
     * Why a number is not a mobile number of one of the countries; empty if it is. A number in a range that several
     * countries share counts as a number of each of them.
     *
     * @param countries empty for all
     * @param isMobile of a number that libphonenumber does not know yet: whether it is a mobile number all the same
     */
    static Optional<ViolationCode> refusal(PhoneNumber number, List<String> countries, boolean isMobile) {
        Optional<Phonenumber.PhoneNumber> known = parse(number);
        if (known.isEmpty()) {
            return Optional.of(ViolationCode.UNKNOWN_COUNTRY_CODE);
        }
        Phonenumber.PhoneNumber parsed = known.get();
        if (!countries.isEmpty()
                && Collections.disjoint(library().getRegionCodesForCountryCode(parsed.getCountryCode()), countries)) {
            return Optional.of(ViolationCode.COUNTRY_NOT_SERVED);
        }
        PhoneNumberType type = library().getNumberType(parsed);
        if (type == PhoneNumberType.UNKNOWN) {
            return isMobile
                    ? lengthRefusal(parsed)
                    : lengthRefusal(parsed).or(() -> Optional.of(ViolationCode.NO_SUCH_NUMBER));
        }
        if (type == PhoneNumberType.FIXED_LINE && !isMobile) {
            return Optional.of(ViolationCode.FIXED_LINE);
        }
        if (!MOBILE.contains(type) && !isMobile || country(parsed).isEmpty()) {
            return Optional.of(ViolationCode.NOT_MOBILE);
        }
        return countries.isEmpty()
                        || countries.stream().anyMatch(one -> library().isValidNumberForRegion(parsed, one))
                ? Optional.empty()
                : Optional.of(ViolationCode.COUNTRY_NOT_SERVED);
    }

    private static Optional<ViolationCode> lengthRefusal(Phonenumber.PhoneNumber number) {
        return switch (library().isPossibleNumberForTypeWithReason(number, PhoneNumberType.MOBILE)) {
            case TOO_SHORT, IS_POSSIBLE_LOCAL_ONLY -> Optional.of(ViolationCode.TOO_SHORT);
            case TOO_LONG -> Optional.of(ViolationCode.TOO_LONG);
            case IS_POSSIBLE -> Optional.empty();
            default -> Optional.of(ViolationCode.NO_SUCH_NUMBER);
        };
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
