package io.kriya.oauth;

import java.util.Locale;

/** The errors of OAuth 2.0 that Kriya answers (RFC 6749, 4.1.2.1 and 5.2; RFC 6750, 3.1). */
public enum OAuthError {
    INVALID_REQUEST(400),
    INVALID_CLIENT(401),
    INVALID_GRANT(400),
    UNSUPPORTED_GRANT_TYPE(400),
    UNSUPPORTED_RESPONSE_TYPE(400),
    INVALID_SCOPE(400),
    ACCESS_DENIED(403);

    private final int status;

    OAuthError(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** The name that clients know. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
