package io.kriya.account;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A phone number in the form in which it is stored: {@code +}, then 7 to 15 ASCII digits that do not start with 0 (E.164).
 *
 * @param value the number
 */
public record PhoneNumber(String value) {

    /** The stored form. */
    public static final String PATTERN = "\\+[1-9][0-9]{6,14}";

    private static final Pattern STORED = Pattern.compile(PATTERN);

    /** What a typed number has at least, where nothing is known of the countries that have shorter ones. */
    private static final int LEAST_DIGITS = 10;

    public PhoneNumber {
        if (!STORED.matcher(value).matches()) {
            throw new IllegalArgumentException("not a phone number");
        }
    }

    /**
     * Reads what a person typed: blanks, {@code -}, {@code .}, {@code (} and {@code )} are dropped, and the digits of every
     * script are understood.
     *
     * @return the number, or empty where the text is none of 10 to 15 digits
     */
    public static Optional<PhoneNumber> parse(String typed) {
        return normalize(typed).filter(number -> number.value.length() - 1 >= LEAST_DIGITS);
    }

    /** Reads what a person typed in the same way, and also numbers as short as those of small countries. */
    static Optional<PhoneNumber> normalize(String typed) {
        String digits = Digits.plain(typed, " -.()");
        return STORED.matcher(digits).matches() ? Optional.of(new PhoneNumber(digits)) : Optional.empty();
    }

    /** One of no country (999 is reserved, ITU-T E.164), and random, so that no two replicas have the same. */
    public static PhoneNumber random() {
        return new PhoneNumber("+999" + ThreadLocalRandom.current().nextLong(100_000_000_000L, 1_000_000_000_000L));
    }

    /** Masked, for logs: {@code +1202•••••00}. Of a short number less is shown. */
    @Override
    public String toString() {
        int shown = Math.min(5, value.length() - 6);
        int hidden = value.length() - shown - 2;
        return value.substring(0, shown) + "•".repeat(hidden) + value.substring(value.length() - 2);
    }
}
