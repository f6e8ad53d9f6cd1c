package io.kriya.account;

/** White space of every script. */
public final class Whitespace {

    private Whitespace() {}

    /** Trims a text; null stays null. Unlike {@link String#strip()}, no-break spaces and U+0085 are trimmed too. */
    public static String trim(String text) {
        if (text == null) {
            return null;
        }
        int start = 0;
        int end = text.length();
        while (start < end && isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    static boolean isWhitespace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
