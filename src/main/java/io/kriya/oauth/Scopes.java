package io.kriya.oauth;

import io.kriya.oauth.client.OAuthError;
import io.kriya.oauth.client.OAuthException;
import java.util.List;
import java.util.Optional;

/** The scopes of tokens (RFC 6749, 3.3). */
final class Scopes {

    /** Of an access token: GitLab's for its user endpoint. */
    static final String READ_USER = "read_user";

    /** Of a login token. No client can request it. */
    static final String LOGIN = "login";

    /** Those that a client can request. */
    static final List<String> SUPPORTED = List.of(READ_USER);

    private Scopes() {}

    /**
     * The scope that is granted for a requested list: the known one, or the default if none is requested. Unknown ones
     * are left out, and the client is told by {@code scope} in the token response.
     *
     * @throws OAuthException if scopes are requested, and none is known
     */
    static String granted(Optional<String> requested) {
        if (requested.isPresent() && !List.of(requested.get().split(" ")).contains(READ_USER)) {
            throw new OAuthException(
                    OAuthError.INVALID_SCOPE, "scope takes read_user, alone or among others, which are not granted.");
        }
        return READ_USER;
    }
}
