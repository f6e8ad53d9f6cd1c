package io.kriya.oauth;

/** An authorization request is invalid. */
public final class AuthorizationException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient AuthorizationError error;

    /** What is wrong, and whether the client gets it by a redirect (RFC 6749, 4.1.2.1). */
    public sealed interface AuthorizationError {

        record InvalidClient() implements AuthorizationError {}

        record InvalidRedirectUri() implements AuthorizationError {}

        record Unreadable() implements AuthorizationError {}

        record RedirectError(String location) implements AuthorizationError {}
    }

    AuthorizationException(AuthorizationError error) {
        super("invalid authorization request", null, false, false);
        this.error = error;
    }

    public AuthorizationError error() {
        return error;
    }
}
