package io.kriya.account;

/** What people type. */
public final class Text {

    private Text() {}

    /** Without the white space around it, that of every script. */
    public static String trim(String text) {
        if (text == null) {
            return null;
        }
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    /** Whether it is a name of so many to 100 characters (code points), without control characters. */
    public static boolean isName(String text, int least) {
        return length(text) >= least && length(text) <= 100 && isPrintable(text);
    }

    /** Whether a database can hold it and a page can show it: no control characters, no half of a surrogate pair. */
    private static boolean isPrintable(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
