package io.kriya.account;

/** Digits as users type them. */
public final class Digits {

    private Digits() {}

    /** Converts the digits of every script to ASCII, and drops the given characters. */
    public static String toAscii(String typed, String dropped) {
        var ascii = new StringBuilder(typed.length());
        typed.codePoints()
                .filter(c -> dropped.indexOf(c) < 0)
                .forEach(c -> ascii.appendCodePoint(
                        Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER ? '0' + Character.digit(c, 10) : c));
        return ascii.toString();
    }
}
