package io.kriya.verification;

/**
 * What somebody gives with a code.
 *
 * @param first null where none is given, as with the last name and the e-mail
 */
public record Names(String first, String last, String email) {

    /** None, or what was given before. */
    public static final Names NONE = new Names(null, null, null);

    /** Names nobody. */
    @Override
    public String toString() {
        return "Names";
    }
}
