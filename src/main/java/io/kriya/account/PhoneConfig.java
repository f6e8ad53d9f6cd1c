package io.kriya.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Whose phone numbers are taken, and how they are proven. */
@ConfigMapping(prefix = "kriya.phone")
public interface PhoneConfig {

    /** How a number is proven. */
    enum Verification {
        /** By whoever calls Kriya. */
        NONE,
        /** By a code in a text message. */
        SMS
    }

    /** Which numbers are taken. */
    enum Numbers {
        /** All that have the form of one. */
        CONTRACT,
        /** Those of mobile phones. */
        STRICT
    }

    /** How Kriya itself proves that a number is a person's: {@code none} or {@code sms}. */
    @WithDefault("none")
    Verification verification();

    /** Which numbers are taken, {@code contract}, the default, or {@code strict}; where text messages are sent, it is always strict. */
    Optional<Numbers> numbers();

    /** Two-letter codes (ISO 3166) of the countries whose numbers are taken where that is strict; all if unset. */
    Optional<List<String>> countries();

    /** Numbers that get no message, each with {@code =} and its code, such as {@code +15555550100=123456}. */
    Optional<List<String>> testNumbers();

    /** The last day, UTC, on which test numbers are such; in production required, and at most 90 days ahead. */
    Optional<LocalDate> testNumbersUntil();

    /** The two-letter code (ISO 3166) of the country that numbers without a country code are of, on the login page; none if unset. */
    Optional<String> defaultRegion();

    default boolean isVerified() {
        return verification() == Verification.SMS;
    }

    default boolean isStrict() {
        return isVerified() || numbers().filter(Numbers.STRICT::equals).isPresent();
    }
}
