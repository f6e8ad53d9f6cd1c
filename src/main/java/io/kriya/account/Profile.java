package io.kriya.account;

/**
 * The names and the e-mail address that a user gives.
 *
 * @param firstName null if none is given, as are the last name and the e-mail address
 */
public record Profile(String firstName, String lastName, String email) {

    /** A profile without a name and without an address. */
    public static final Profile EMPTY = new Profile(null, null, null);

    /** This profile, with its null fields filled from another. */
    public Profile or(Profile other) {
        return new Profile(
                firstName == null ? other.firstName : firstName,
                lastName == null ? other.lastName : lastName,
                email == null ? other.email : email);
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "Profile";
    }
}
