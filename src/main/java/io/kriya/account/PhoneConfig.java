package io.kriya.account;

import static io.kriya.setting.ProductionCheck.unless;

import io.kriya.setting.Format;
import io.kriya.setting.ProductionCheck;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which phone numbers are accepted, and how they are verified. */
@ConfigMapping(prefix = "kriya.phone")
public interface PhoneConfig extends ProductionCheck {

    /** How many days ahead the last day of test numbers may be in production. */
    int MAX_TEST_DAYS = 90;

    /** Stands for all countries. */
    String ALL_COUNTRIES = "*";

    /** Who verifies a number: {@code none}, the front end that calls Kriya; {@code sms}, Kriya, by a text message. */
    @WithDefault("none")
    @Format(regexp = "none|sms", message = "none or sms")
    String verification();

    /**
     * Which numbers are accepted: {@code any} that has the form of a number, or {@code mobile}, valid mobile numbers
     * only, as always with {@code PHONE_VERIFICATION=sms}. The old names {@code contract} and {@code strict} go on
     * working.
     */
    @Format(regexp = "any|mobile|contract|strict", message = "any or mobile")
    Optional<String> numbers();

    /** What {@code SMS_COUNTRIES} takes. */
    String COUNTRIES =
            "two-letter codes of countries with mobile phones, such as US,CA, separated by commas, or * for all";

    /**
     * The countries (ISO 3166) whose mobile numbers are accepted; {@code *} is all of them. Required with
     * {@code PHONE_VERIFICATION=sms}, as messages to some countries cost much.
     */
    @Format(by = PhoneConfig.class, method = "isCountry", message = COUNTRIES)
    Optional<List<String>> countries();

    /**
     * Prefixes of mobile numbers that libphonenumber does not know yet: a number that begins with one is accepted if
     * mobile numbers of its country may have its length.
     */
    @Format(
            regexp = "\\+[1-9][0-9]{2,13}",
            message = "prefixes with their country code, such as +25572, separated by commas, or nothing")
    Optional<List<String>> extraPrefixes();

    /** Numbers that get no message, each with its code. */
    @Format(
            regexp = TestNumbers.ENTRY,
            message = "numbers with their codes, such as +15555550100=123456, separated by commas, or nothing")
    Optional<List<String>> testNumbers();

    /** The last day, UTC, on which test numbers are such; in production required, and at most 90 days ahead. */
    @Format(
            regexp = "[0-9]{4}(-[0-9]{2}){2}",
            by = PhoneConfig.class,
            method = "day",
            message = "a day such as 2026-12-31, or nothing")
    Optional<String> testNumbersUntil();

    /** The country (ISO 3166) whose national numbers may be typed on the login page without a prefix. */
    @Format(
            by = PhoneFormat.class,
            method = "isCountry",
            message = "the two-letter code of a country with mobile phones, such as IN, or nothing")
    Optional<String> defaultRegion();

    /**
     * Who may register: {@code open}, anybody; {@code invited}, numbers of the table {@code invited_numbers};
     * {@code closed}, nobody. Users always log in.
     */
    @WithDefault("open")
    @Format(regexp = "open|invited|closed", message = "open, invited or closed")
    String registration();

    static boolean isCountry(String code) {
        return code.equals(ALL_COUNTRIES) || PhoneFormat.isCountry(code);
    }

    /** The countries that numbers are restricted to; empty for all. */
    default List<String> allowedCountries() {
        return countries().filter(codes -> !codes.contains(ALL_COUNTRIES)).orElse(List.of());
    }

    static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    default boolean isVerified() {
        return verification().equals("sms");
    }

    default boolean isStrict() {
        return isVerified()
                || numbers().filter(List.of("mobile", "strict")::contains).isPresent();
    }

    @Override
    default Stream<String> problems() {
        return problems(this, LocalDate.now(Clock.systemUTC()));
    }

    /** The problems on a day. */
    static Stream<String> problems(PhoneConfig config, LocalDate today) {
        String last = today.plusDays(MAX_TEST_DAYS).toString();
        return Stream.of(
                unless(
                        !config.isVerified() || config.countries().isPresent(),
                        "SMS_COUNTRIES is required with PHONE_VERIFICATION=sms; it takes " + COUNTRIES + "."),
                unless(
                        config.testNumbers().isEmpty()
                                || config.testNumbersUntil()
                                        .filter(until -> until.compareTo(last) <= 0)
                                        .isPresent(),
                        "SMS_TEST_NUMBERS_UNTIL is required with SMS_TEST_NUMBERS; it takes a day at most "
                                + MAX_TEST_DAYS + " days ahead."));
    }

    @Override
    default Stream<String> warnings() {
        return Stream.of(
                unless(
                        isVerified(),
                        "Phone numbers are not verified (PHONE_VERIFICATION=none): anybody who knows a number gets a"
                                + " token for it from /api/auth/register, so let only a front end that proves the"
                                + " number itself reach it"),
                oldName("contract", "any"),
                oldName("strict", "mobile"),
                testNumbersUntil()
                        .filter(_ -> testNumbers().isPresent())
                        .map("SMS_TEST_NUMBERS need no phone until %s: whoever knows them is let in"::formatted)
                        .orElse(null));
    }

    private String oldName(String old, String name) {
        return unless(
                numbers().filter(old::equals).isEmpty(),
                "PHONE_NUMBERS=%s is the old name of PHONE_NUMBERS=%s".formatted(old, name));
    }
}
