package io.kriya.account;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Phone numbers and one-time codes as people type and paste them: from contacts, web pages and messages. */
public final class PastedText {

    /** A trunk prefix in parentheses, not dialled after a country code, except that of Italy's land lines. */
    private static final Pattern TRUNK_ZERO =
            Pattern.compile("^(?!\\(?(?:\\+|00)39\\)?\\(0\\)[^3])(\\(?(?:\\+|00)[1-9][0-9]{0,2}\\)?)\\(0\\)");

    private static final Pattern SCHEME = Pattern.compile("^tel:", Pattern.CASE_INSENSITIVE);

    private static final Pattern SIX_DIGITS = Pattern.compile("[0-9]{6}");

    /** The last line of a message that phones autofill (WebOTP). */
    private static final Pattern WEB_OTP = Pattern.compile("@[^@ ]+ #([0-9]{6})(?![0-9])");

    /** Six digits that are no part of a longer number or of a word. */
    private static final Pattern CODE = Pattern.compile("(?<![0-9A-Za-z])[0-9]{6}(?![0-9A-Za-z])");

    private static final Pattern GROUPED_CODE =
            Pattern.compile("(?<![0-9A-Za-z]|[0-9][ -])[0-9]{3}[ -][0-9]{3}(?![0-9A-Za-z]|[ -][0-9])");

    private PastedText() {}

    /**
     * Folds a phone number: drops what is no part of it, such as blanks, dashes, direction marks, parentheses and
     * {@code tel:}. A number that remains is digits, perhaps after a plus.
     */
    static String foldNumber(String typed) {
        String text = SCHEME.matcher(drop(normalize(typed), " -")).replaceFirst("");
        return drop(TRUNK_ZERO.matcher(text).replaceFirst("$1"), ".()");
    }

    /**
     * Finds a one-time code of six digits in what a user typed or pasted, which may be the whole message.
     *
     * @return empty if there is none, or more than one
     */
    public static Optional<String> findCode(String typed) {
        String text = normalize(typed);
        String digits = drop(text, " -.");
        if (SIX_DIGITS.matcher(digits).matches()) {
            return Optional.of(digits);
        }
        return WEB_OTP.matcher(text)
                .results()
                .reduce((_, last) -> last)
                .map(match -> match.group(1))
                .or(() -> only(CODE, text))
                .or(() -> only(GROUPED_CODE, text));
    }

    private static Optional<String> only(Pattern pattern, String text) {
        var found = pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(group -> drop(group, " -"))
                .collect(Collectors.toSet());
        return found.size() == 1 ? found.stream().findFirst() : Optional.empty();
    }

    private static String drop(String text, String dropped) {
        return text.codePoints()
                .filter(c -> dropped.indexOf(c) < 0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Replaces the digits, white space, dashes and signs of every script by ASCII, and drops what is invisible. */
    private static String normalize(String typed) {
        var text = new StringBuilder(typed.length());
        typed.codePoints().map(PastedText::normalize).filter(c -> c >= 0).forEach(text::appendCodePoint);
        return text.toString();
    }

    /** The character that stands for another one; -1 for none. */
    private static int normalize(int c) {
        if (Whitespace.isWhitespace(c)) {
            return ' ';
        }
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER -> '0' + Character.digit(c, 10);
            case Character.DASH_PUNCTUATION -> '-';
            case Character.FORMAT -> -1;
            default -> isVariationSelector(c) ? -1 : sign(c);
        };
    }

    private static int sign(int c) {
        return switch (c) {
            // What Unicode calls a dash (PropList, Dash) and no dash punctuation, and what Japanese keyboards type.
            case '\u2053', '\u207B', '\u208B', '\u2212', '\u30FC', '\uFF70' -> '-';
            case '\uFF0B', '\uFE62' -> '+';
            case '\uFF08' -> '(';
            case '\uFF09' -> ')';
            case '\uFF0E', '\u3002', '\uFF61' -> '.';
            case '\uFF1A' -> ':';
            case '\uFF03' -> '#';
            case '\uFF20' -> '@';
            default -> c;
        };
    }

    private static boolean isVariationSelector(int c) {
        return c >= 0xFE00 && c <= 0xFE0F || c >= 0xE0100 && c <= 0xE01EF || c >= 0x180B && c <= 0x180F;
    }
}
