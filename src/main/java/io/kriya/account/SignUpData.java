package io.kriya.account;

/**
 * Who somebody says they are.
 *
 * @param firstName null where none is given, as with the last name and the e-mail
 */
public record SignUpData(PhoneNumber phone, String firstName, String lastName, String email) {

    /** What is given here wins over what was given before. */
    public SignUpData or(String first, String last, String mail) {
        return new SignUpData(
                phone,
                firstName == null ? first : firstName,
                lastName == null ? last : lastName,
                email == null ? mail : email);
    }

    /** Names nobody. */
    @Override
    public String toString() {
        return "SignUpData";
    }
}
