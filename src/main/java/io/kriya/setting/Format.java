package io.kriya.setting;

import static java.lang.annotation.ElementType.METHOD;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Optional;

/** The format of a setting's text, or of each entry of its list, if it is set. */
@Target(METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Format.Validator.class)
public @interface Format {

    /** Completes "NAME takes …". */
    String message();

    String regexp() default "(?s).*";

    /** A class that checks the text too. */
    Class<?> by() default Format.class;

    /**
     * Its static method of a string. For a wrong one it returns false or throws an exception; the message of an
     * IllegalStateException is shown instead of this one, so it does not quote the text.
     */
    String method() default "parse";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Matches the text, then calls the method. */
    final class Validator implements ConstraintValidator<Format, Object> {

        private String regexp;
        private Method method;

        @Override
        public void initialize(Format format) {
            regexp = format.regexp();
            try {
                if (format.by() != Format.class) {
                    method = format.by().getDeclaredMethod(format.method(), String.class);
                    method.setAccessible(true);
                }
            } catch (NoSuchMethodException missing) {
                throw new IllegalStateException(missing);
            }
        }

        @Override
        public boolean isValid(Object value, ConstraintValidatorContext context) {
            return switch (value) {
                case null -> true;
                case Optional<?> optional -> isValid(optional.orElse(null), context);
                case Collection<?> entries -> entries.stream().allMatch(entry -> isValid(entry, context));
                default -> value.toString().matches(regexp) && passes(value, context);
            };
        }

        private boolean passes(Object value, ConstraintValidatorContext context) {
            try {
                return method == null || !Boolean.FALSE.equals(method.invoke(null, value));
            } catch (ReflectiveOperationException wrong) {
                if (wrong.getCause() instanceof IllegalStateException reason) {
                    context.disableDefaultConstraintViolation();
                    context.buildConstraintViolationWithTemplate(reason.getMessage())
                            .addConstraintViolation();
                }
                return false;
            }
        }
    }
}
