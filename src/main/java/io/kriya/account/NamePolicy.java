package io.kriya.account;

import io.kriya.validation.ViolationCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which names of users are accepted. */
@ApplicationScoped
public class NamePolicy {

    static final int MAX_LENGTH = 100;

    /** A scheme or {@code www.}, or what a mail program would make a link of, such as {@code example.com}. */
    private static final Pattern LINK =
            Pattern.compile("://|(?i)www[.]|[\\p{L}\\p{N}]{2,}[.\\u3002\\uff0e\\uff61]\\p{L}{2,}");

    /** Letters and symbols that are blank: the fillers of Hangul, the empty pattern of Braille, a null note head. */
    private static final String BLANK = "\u115f\u1160\u3164\uffa0\u2800\ud834\udd59";

    private final boolean isWithoutLinks;

    NamePolicy(NameConfig config) {
        isWithoutLinks = config.areWithoutLinks();
    }

    /**
     * Why a name is refused: it needs {@code min} to 100 code points, one of them a visible letter, digit or symbol, and has neither control
     * characters, lone surrogates, noncharacters nor bidirectional overrides.
     *
     * @param name trimmed
     * @return empty if it is accepted
     */
    public Optional<ViolationCode> refusal(String name, int min) {
        int length = name.codePointCount(0, name.length());
        if (length < min) {
            return Optional.of(ViolationCode.EMPTY);
        }
        if (length > MAX_LENGTH) {
            return Optional.of(ViolationCode.TOO_LONG);
        }
        if (name.codePoints().anyMatch(NamePolicy::isForbidden)) {
            return Optional.of(ViolationCode.FORBIDDEN_CHARACTER);
        }
        if (length > 0 && name.codePoints().noneMatch(NamePolicy::isVisible)) {
            return Optional.of(ViolationCode.INVISIBLE);
        }
        return isWithoutLinks && LINK.matcher(name).find() ? Optional.of(ViolationCode.LINK) : Optional.empty();
    }

    private static boolean isForbidden(int c) {
        boolean isNoncharacter = (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF;
        boolean isOverride = c == '\u202D' || c == '\u202E';
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE || isNoncharacter || isOverride;
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> BLANK.indexOf(c) < 0;
        };
    }
}
