package io.kriya.signin;

import io.kriya.account.PhoneConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Not null with {@code PHONE_VERIFICATION=none}; with {@code sms} that would reveal whether a number is known. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Constraint(validatedBy = RequiredWithoutVerification.Validator.class)
@interface RequiredWithoutVerification {

    String message() default "is required";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    @ApplicationScoped
    class Validator implements ConstraintValidator<RequiredWithoutVerification, String> {

        /** Read at each request: validators are created in the build, which knows no settings. */
        private final Instance<PhoneConfig> phone;

        Validator(Instance<PhoneConfig> phone) {
            this.phone = phone;
        }

        @Override
        public boolean isValid(String given, ConstraintValidatorContext context) {
            return given != null || phone.get().isVerified();
        }
    }
}
