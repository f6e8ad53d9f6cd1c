package io.kriya.account;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A phone number in its stored form (E.164): {@code +}, then 7 to 15 ASCII digits, of which the first is not 0.
 *
 * @param value the number
 */
public record PhoneNumber(String value) {

    /** The stored form. */
    public static final String PATTERN = "\\+[1-9][0-9]{6,14}";

    private static final Pattern STORED = Pattern.compile(PATTERN);

    /** The minimum length without libphonenumber, which knows the countries that have shorter numbers. */
    private static final int MIN_DIGITS = 10;

    public PhoneNumber {
        if (!STORED.matcher(value).matches()) {
            throw new IllegalArgumentException("not a phone number");
        }
    }

    /** {@linkplain #normalize Normalizes} a typed number; empty unless it has 10 to 15 digits. */
    public static Optional<PhoneNumber> parse(String typed) {
        return normalize(typed).filter(number -> number.value.length() - 1 >= MIN_DIGITS);
    }

    /**
     * Drops blanks, {@code -}, {@code .}, {@code (} and {@code )} from a typed number, and converts the digits of every
     * script; empty if the result does not have the {@linkplain #PATTERN stored form}.
     */
    static Optional<PhoneNumber> normalize(String typed) {
        String digits = Digits.toAscii(typed, " -.()");
        return STORED.matcher(digits).matches() ? Optional.of(new PhoneNumber(digits)) : Optional.empty();
    }

    /** A number of no country (E.164 reserves 999). It is random, so that replicas do not collide. */
    public static PhoneNumber random() {
        return new PhoneNumber("+999" + ThreadLocalRandom.current().nextLong(100_000_000_000L, 1_000_000_000_000L));
    }

    /** Masked, for logs: {@code +1202•••••00}. A short number shows fewer digits. */
    @Override
    public String toString() {
        int shown = Math.min(5, value.length() - 6);
        int hidden = value.length() - shown - 2;
        return value.substring(0, shown) + "•".repeat(hidden) + value.substring(value.length() - 2);
    }
}
