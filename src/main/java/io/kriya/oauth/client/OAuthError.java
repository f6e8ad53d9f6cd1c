package io.kriya.oauth.client;

import java.util.Locale;

/** The errors of OAuth 2.0 that Kriya answers (RFC 6749, 4.1.2.1 and 5.2). */
public enum OAuthError {
    INVALID_REQUEST,
    INVALID_CLIENT,
    INVALID_GRANT,
    UNSUPPORTED_GRANT_TYPE,
    UNSUPPORTED_RESPONSE_TYPE,
    INVALID_SCOPE,
    ACCESS_DENIED;

    /** Of a call of the client; whoever is sent back takes one along in the URL. */
    public int status() {
        return this == INVALID_CLIENT ? 401 : 400;
    }

    /** The name that clients know. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
