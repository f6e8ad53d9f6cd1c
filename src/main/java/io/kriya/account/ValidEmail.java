package io.kriya.account;

import io.kriya.oauth.client.OAuthConfig;
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
import java.util.Locale;
import java.util.regex.Pattern;

/** An e-mail address of at most 254 characters that is under no domain that Plane knows people by; or empty, or null. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Constraint(validatedBy = ValidEmail.Validator.class)
public @interface ValidEmail {

    String message() default "is not an e-mail address of at most 254 characters, such as ada@example.com";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    @ApplicationScoped
    class Validator implements ConstraintValidator<ValidEmail, String> {

        /** No part is empty, so that no dot stands first, last or beside another; a domain's parts end in no hyphen. */
        private static final Pattern ADDRESS = Pattern.compile(
                "[a-zA-Z0-9_%+-]+(\\.[a-zA-Z0-9_%+-]+)*@([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\\.)+[a-zA-Z]{2,}");

        /** Plane gives people without an e-mail an address here, and knows them by it. */
        private static final String RESERVED = "kriya.local";

        private final Instance<OAuthConfig> oauth;

        Validator(Instance<OAuthConfig> oauth) {
            // Asked late: validators are made before there is a configuration.
            this.oauth = oauth;
        }

        @Override
        public boolean isValid(String email, ConstraintValidatorContext context) {
            return email == null
                    || email.isEmpty()
                    || (email.length() <= 254
                            && ADDRESS.matcher(email).matches()
                            && !isUnder(RESERVED, email)
                            && !isUnder(oauth.get().emailDomain(), email));
        }

        /** Whoever has an address there is somebody whom Kriya vouches for. */
        private static boolean isUnder(String domain, String email) {
            String host = email.substring(email.indexOf('@') + 1).toLowerCase(Locale.ROOT);
            String reserved = domain.toLowerCase(Locale.ROOT);
            return host.equals(reserved) || host.endsWith("." + reserved);
        }
    }
}
