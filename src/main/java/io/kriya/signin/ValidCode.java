package io.kriya.signin;

import io.kriya.account.Whitespace;
import io.kriya.challenge.OneTimeCode;
import io.kriya.validation.ViolationCode;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A text that {@link OneTimeCode#parse} reads, or null. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Constraint(validatedBy = ValidCode.Validator.class)
public @interface ValidCode {

    String message() default "is not six digits";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    class Validator implements ConstraintValidator<ValidCode, String> {
        @Override
        public boolean isValid(String typed, ConstraintValidatorContext context) {
            return typed == null
                    || OneTimeCode.parse(typed).isPresent()
                    || (Whitespace.trim(typed).isEmpty() ? ViolationCode.EMPTY : ViolationCode.MALFORMED)
                            .fail(context, context.getDefaultConstraintMessageTemplate());
        }
    }
}
