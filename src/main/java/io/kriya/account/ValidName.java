package io.kriya.account;

import io.kriya.validation.ViolationCode;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A name of at least {@link #min()} code points that {@link NamePolicy} accepts, or null. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Constraint(validatedBy = ValidName.Validator.class)
public @interface ValidName {

    int min();

    String message() default "is not a name";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    @Dependent
    class Validator implements ConstraintValidator<ValidName, String> {

        /** Read at each request: validators are created in the build, which knows no settings. */
        private final Instance<NamePolicy> names;

        private int min;

        Validator(Instance<NamePolicy> names) {
            this.names = names;
        }

        @Override
        public void initialize(ValidName constraint) {
            min = constraint.min();
        }

        @Override
        public boolean isValid(String name, ConstraintValidatorContext context) {
            return name == null
                    || names.get()
                            .refusal(name, min)
                            .map(reason -> reason.fail(context, message(reason)))
                            .orElse(true);
        }

        private static String message(ViolationCode reason) {
            return switch (reason) {
                case EMPTY -> "is empty";
                case TOO_LONG -> "is longer than 100 characters";
                case INVISIBLE -> "has no visible letter, digit or symbol";
                case LINK -> "has the address of a web page";
                default -> "has a control character, a bidirectional override or a noncharacter";
            };
        }
    }
}
