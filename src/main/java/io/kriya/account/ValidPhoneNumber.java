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

/** A number that {@link PhonePolicy#read} accepts, or null. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Constraint(validatedBy = ValidPhoneNumber.Validator.class)
public @interface ValidPhoneNumber {

    String message() default "is not a phone number in international form, such as +12025550100";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    @ApplicationScoped
    class Validator implements ConstraintValidator<ValidPhoneNumber, String> {

        private final PhonePolicy phones;

        Validator(PhonePolicy phones) {
            this.phones = phones;
        }

        @Override
        public boolean isValid(String typed, ConstraintValidatorContext context) {
            return typed == null || phones.read(typed).isPresent();
        }
    }
}
