package io.kriya.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The e-mail addresses of users without a verified one; clients identify users by them, so no user may enter one. */
@ApplicationScoped
public class PlaceholderEmails {

    /** The domain that Plane itself uses. */
    private static final String PLANE_DOMAIN = "kriya.local";

    private final String domain;

    /** {@code OAUTH_EMAIL_DOMAIN}, which is checked with the settings of the OAuth client. */
    PlaceholderEmails(@ConfigProperty(name = "kriya.oauth.email-domain") String domain) {
        this.domain = domain.toLowerCase(Locale.ROOT);
    }

    /** The placeholder address of a user, made of the id or the handle; it is never made of the phone number. */
    public String of(String local) {
        return local + "@" + domain;
    }

    /** Whether an address is under a domain of placeholders. */
    boolean isReserved(String email) {
        String host = email.substring(email.indexOf('@') + 1).toLowerCase(Locale.ROOT);
        return Stream.of(PLANE_DOMAIN, domain)
                .anyMatch(reserved -> host.equals(reserved) || host.endsWith("." + reserved));
    }
}
