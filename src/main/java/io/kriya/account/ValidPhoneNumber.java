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
            if (typed == null) {
                return true;
            }
            ViolationCode refusal = phones.read(typed).refusal();
            return refusal == null || refusal.fail(context, message(refusal));
        }

        private static String message(ViolationCode refusal) {
            return switch (refusal) {
                case EMPTY -> "is empty";
                case TOO_SHORT -> "has too few digits";
                case TOO_LONG -> "has too many digits";
                case NO_COUNTRY_CODE -> "does not begin with + and a country code, such as +12025550100";
                case UNKNOWN_COUNTRY_CODE -> "has a country code that does not exist";
                case NO_SUCH_NUMBER -> "is not a number of its country";
                case FIXED_LINE -> "is a land line";
                case NOT_MOBILE -> "is not a mobile number";
                case COUNTRY_NOT_SERVED -> "is of a country that is not served";
                default -> "is not a phone number in international form, such as +12025550100";
            };
        }
    }
}
