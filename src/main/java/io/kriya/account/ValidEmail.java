package io.kriya.account;

import io.kriya.validation.ViolationCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Pattern;

/** An e-mail address of at most 254 characters that is not reserved as a placeholder; or empty, or null. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Constraint(validatedBy = ValidEmail.Validator.class)
public @interface ValidEmail {

    String message() default "is not an e-mail address, such as ada@example.com";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    @ApplicationScoped
    class Validator implements ConstraintValidator<ValidEmail, String> {

        static final int MAX_LENGTH = 254;

        /**
         * A dot-atom (RFC 5322, 3.2.3), and a domain of labels that neither begin nor end with a hyphen, of which the
         * last is no number. The database has the same rule for verified addresses, in lower case.
         */
        private static final Pattern ADDRESS =
                Pattern.compile("[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                        + "@([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\\.)+"
                        + "(?![0-9]+$)[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]");

        private final PlaceholderEmails placeholders;

        Validator(PlaceholderEmails placeholders) {
            this.placeholders = placeholders;
        }

        @Override
        public boolean isValid(String email, ConstraintValidatorContext context) {
            if (email == null || email.isEmpty()) {
                return true;
            }
            if (email.length() > MAX_LENGTH) {
                return ViolationCode.TOO_LONG.fail(context, "is longer than 254 characters");
            }
            if (!ADDRESS.matcher(email).matches()) {
                return ViolationCode.MALFORMED.fail(context, context.getDefaultConstraintMessageTemplate());
            }
            return !placeholders.isReserved(email)
                    || ViolationCode.RESERVED.fail(context, "is under a domain that is reserved");
        }
    }
}
