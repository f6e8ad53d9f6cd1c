package io.kriya.account;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A {@link PersonName} of at least {@link #min()} code points, or null. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Constraint(validatedBy = ValidName.Validator.class)
public @interface ValidName {

    int min();

    String message() default "must be {min} to 100 characters, without control characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    class Validator implements ConstraintValidator<ValidName, String> {

        private int min;

        @Override
        public void initialize(ValidName constraint) {
            min = constraint.min();
        }

        @Override
        public boolean isValid(String name, ConstraintValidatorContext context) {
            return name == null || PersonName.isValid(name, min);
        }
    }
}
