package io.kriya.oauth.client;

/** A call of a client that can't be granted. */
public final class OAuthException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final OAuthError error;
    private final String description;

    /** @param description for whoever sets the client up; never what was sent */
    public OAuthException(OAuthError error, String description) {
        // An answer, not a fault: nobody reads its stack trace.
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
