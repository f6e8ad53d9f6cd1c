package io.kriya.account;

/** A name that a user gives. */
public final class PersonName {

    private static final int MAX_LENGTH = 100;

    private PersonName() {}

    /** Whether a name has {@code min} to 100 code points, and neither control characters nor lone surrogates. */
    public static boolean isValid(String name, int min) {
        int length = name.codePointCount(0, name.length());
        return length >= min
                && length <= MAX_LENGTH
                && name.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
