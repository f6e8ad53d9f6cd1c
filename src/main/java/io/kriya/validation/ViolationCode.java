package io.kriya.validation;

import jakarta.validation.ConstraintValidatorContext;
import java.util.Locale;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;

/**
 * All reasons for which a field is refused. The names in lower case are the {@code code} of a violation, and never
 * change their meaning.
 */
public enum ViolationCode {
    REQUIRED("The field is missing."),
    WRONG_TYPE("The field is not a string, or the body is not an object."),
    MALFORMED("The text does not have the form of such a field, such as a number with letters."),
    EMPTY("The text is empty, or only white space."),
    TOO_SHORT("The text is too short; a number has too few digits for its country."),
    TOO_LONG("The text is too long; a number has too many digits for its country."),
    NO_COUNTRY_CODE("The number does not begin with `+` and a country code."),
    UNKNOWN_COUNTRY_CODE("No country has this country code."),
    NO_SUCH_NUMBER("The country assigns no such number."),
    FIXED_LINE("The number is a land line."),
    NOT_MOBILE("The number is neither a mobile phone nor a land line, such as a toll-free number."),
    COUNTRY_NOT_SERVED("The number is of a country that `SMS_COUNTRIES` does not list."),
    UNREACHABLE("The SMS provider says that the number can't receive text messages."),
    UNAVAILABLE("The channel is not configured."),
    FORBIDDEN_CHARACTER("The name has a control character, a bidirectional override or a noncharacter."),
    INVISIBLE("The name has no visible letter, digit or symbol."),
    LINK("The name has the address of a web page (`NAMES_WITHOUT_LINKS`)."),
    RESERVED("The e-mail address is under a domain that is reserved for placeholders.");

    private final String meaning;

    ViolationCode(String meaning) {
        this.meaning = meaning;
    }

    /** Its description in the API documentation. */
    public String meaning() {
        return meaning;
    }

    /** The {@code code} of a violation. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Fails a constraint for this reason.
     *
     * @param message of the violation, without braces
     * @return false, the result of the validator
     */
    public boolean fail(ConstraintValidatorContext context, String message) {
        context.disableDefaultConstraintViolation();
        context.unwrap(HibernateConstraintValidatorContext.class)
                .withDynamicPayload(this)
                .buildConstraintViolationWithTemplate(message)
                .addConstraintViolation();
        return false;
    }
}
