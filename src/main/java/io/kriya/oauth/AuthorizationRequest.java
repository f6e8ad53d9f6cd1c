package io.kriya.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/**
 * A valid authorization request (RFC 6749, 4.1.1).
 *
 * @param state the client's own, or null
 * @param codeChallenge of PKCE (RFC 7636, 4.3), or null
 */
public record AuthorizationRequest(String clientId, String redirectUri, String state, String codeChallenge) {

    /** The request in canonical form, which identifies it. */
    public String query() {
        return "client_id=" + encode(clientId) + "&redirect_uri=" + encode(redirectUri) + "&response_type=code&scope="
                + Scopes.READ_USER
                + (state == null ? "" : "&state=" + encode(state))
                + (codeChallenge == null ? "" : "&code_challenge=" + codeChallenge + "&code_challenge_method=S256");
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, UTF_8);
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "AuthorizationRequest";
    }
}
