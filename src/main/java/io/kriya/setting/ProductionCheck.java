package io.kriya.setting;

import static java.lang.annotation.ElementType.TYPE;

import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.WithDefault;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A mapping whose settings, each valid by itself, may be missing, in conflict or unwise in production. */
@ProductionCheck.Enforced
public interface ProductionCheck {

    /** {@code PHONE_VERIFICATION}. */
    @WithDefault("${kriya.phone.verification:none}")
    String phoneVerification();

    default boolean isSms() {
        return phoneVerification().equals("sms");
    }

    /** Why production does not start: sentences that begin with the name of a variable, and null for none. */
    default Stream<String> problems() {
        return Stream.of();
    }

    /** What is legal but unwise: sentences for the log, and null for none. */
    default Stream<String> warnings() {
        return Stream.of();
    }

    /** A sentence where a condition does not hold, else null. */
    static String unless(boolean condition, String sentence) {
        return condition ? null : sentence;
    }

    /** Refuses a mapping that has problems in production. */
    @Target(TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = Validator.class)
    @interface Enforced {

        String message() default "";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    /** Makes one violation of all problems, a line each, as violations have no order. */
    final class Validator implements ConstraintValidator<Enforced, ProductionCheck> {

        @Override
        public boolean isValid(ProductionCheck config, ConstraintValidatorContext context) {
            String problems = LaunchMode.current() == LaunchMode.NORMAL
                    ? config.problems().filter(Objects::nonNull).collect(Collectors.joining("\n"))
                    : "";
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(problems).addConstraintViolation();
            return problems.isEmpty();
        }
    }
}
