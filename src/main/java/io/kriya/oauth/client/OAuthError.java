package io.kriya.oauth.client;

import java.util.Locale;

/** The error codes of OAuth 2.0 that Kriya uses (RFC 6749, 4.1.2.1 and 5.2). */
public enum OAuthError {
    INVALID_REQUEST,
    INVALID_CLIENT,
    INVALID_GRANT,
    UNAUTHORIZED_CLIENT,
    UNSUPPORTED_GRANT_TYPE,
    UNSUPPORTED_RESPONSE_TYPE,
    INVALID_SCOPE,
    ACCESS_DENIED;

    /** The status of an error response; a redirect has the error in its query instead. */
    public int status() {
        return this == INVALID_CLIENT ? 401 : 400;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
