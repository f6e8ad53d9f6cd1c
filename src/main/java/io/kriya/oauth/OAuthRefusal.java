package io.kriya.oauth;

/** A call of a client that can't be granted. */
final class OAuthRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final OAuthError error;
    private final String description;

    /** @param description for whoever sets the client up; never what was sent */
    OAuthRefusal(OAuthError error, String description) {
        // An answer, not a fault: nobody reads its stack trace.
        super(error.code(), null, false, false);
        this.error = error;
        this.description = description;
    }

    OAuthError error() {
        return error;
    }

    String description() {
        return description;
    }
}
