package io.kriya.account;

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

    String message() default "is not an e-mail address of at most 254 characters, such as ada@example.com";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    @ApplicationScoped
    class Validator implements ConstraintValidator<ValidEmail, String> {

        /** Dots separate parts that are not empty. Parts of the domain neither begin nor end with a hyphen. */
        private static final Pattern ADDRESS = Pattern.compile(
                "[a-zA-Z0-9_%+-]+(\\.[a-zA-Z0-9_%+-]+)*@([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\\.)+[a-zA-Z]{2,}");

        private final PlaceholderEmails placeholders;

        Validator(PlaceholderEmails placeholders) {
            this.placeholders = placeholders;
        }

        @Override
        public boolean isValid(String email, ConstraintValidatorContext context) {
            return email == null
                    || email.isEmpty()
                    || (email.length() <= 254 && ADDRESS.matcher(email).matches() && !placeholders.isReserved(email));
        }
    }
}
