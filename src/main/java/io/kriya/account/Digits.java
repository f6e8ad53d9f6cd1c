package io.kriya.account;

/** Numbers as people type them. */
public final class Digits {

    private Digits() {}

    /** With the digits of every script as ASCII has them, and without these characters. */
    public static String plain(String typed, String dropped) {
        var plain = new StringBuilder(typed.length());
        typed.codePoints()
                .filter(c -> dropped.indexOf(c) < 0)
                .forEach(c -> plain.appendCodePoint(
                        Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER ? '0' + Character.digit(c, 10) : c));
        return plain.toString();
    }
}
