package io.kriya.registration;

import io.kriya.user.PhoneNumber;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A text that {@link PhoneNumber#parse} reads, or null. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Constraint(validatedBy = ValidPhoneNumber.Validator.class)
@interface ValidPhoneNumber {

    String message() default "is not a phone number in international form, such as +12025550100";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    class Validator implements ConstraintValidator<ValidPhoneNumber, String> {
        @Override
        public boolean isValid(String typed, ConstraintValidatorContext context) {
            return typed == null || PhoneNumber.parse(typed).isPresent();
        }
    }
}
