package io.kriya.oauth.client;

/** An error response to the client (RFC 6749, 5.2). */
public final class OAuthException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final OAuthError error;
    private final String description;

    /** @param description for the client's administrator; without values of the request */
    public OAuthException(OAuthError error, String description) {
        // Without a stack trace, as nobody reads it.
        super(error.code(), null, false, false);
        this.error = error;
        this.description = description;
    }

    public OAuthError error() {
        return error;
    }

    public String description() {
        return description;
    }
}
