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

    /** The minimum number of digits without libphonenumber, which knows the countries that have shorter numbers. */
    static final int MIN_DIGITS = 10;

    private static final Pattern STORED = Pattern.compile(PATTERN);

    public PhoneNumber {
        if (!STORED.matcher(value).matches()) {
            throw new IllegalArgumentException("not a phone number");
        }
    }

    /** {@linkplain PastedText#foldNumber Folds} a typed number; empty unless it has a plus and 10 to 15 digits. */
    public static Optional<PhoneNumber> parse(String typed) {
        return of(PastedText.foldNumber(typed)).filter(number -> number.digits() >= MIN_DIGITS);
    }

    /** A number in the stored form; empty if it has another. */
    public static Optional<PhoneNumber> of(String text) {
        return STORED.matcher(text).matches() ? Optional.of(new PhoneNumber(text)) : Optional.empty();
    }

    /** The number of digits. */
    int digits() {
        return value.length() - 1;
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
