package io.kriya.account;

/**
 * What somebody gives with a code.
 *
 * @param first null where none is given, as with the last name and the e-mail
 */
public record Profile(String first, String last, String email) {

    /** Profile nobody. */
    @Override
    public String toString() {
        return "Profile";
    }
}
