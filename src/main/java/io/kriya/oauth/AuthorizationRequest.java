package io.kriya.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.http.Form;
import io.kriya.oauth.AuthorizationException.AuthorizationError.InvalidClient;
import io.kriya.oauth.AuthorizationException.AuthorizationError.InvalidRedirectUri;
import io.kriya.oauth.AuthorizationException.AuthorizationError.RedirectError;
import io.kriya.oauth.AuthorizationException.AuthorizationError.Unreadable;
import io.kriya.oauth.client.OAuthClient;
import io.kriya.oauth.client.OAuthError;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A valid authorization request (RFC 6749, 4.1.1).
 *
 * @param codeChallenge of PKCE (RFC 7636, 4.3), or null
 */
public record AuthorizationRequest(String clientId, String redirectUri, String state, String codeChallenge) {

    /** The only scope: GitLab's for its user endpoint. */
    static final String SCOPE = "read_user";

    /** RFC 6749, A.5, and short enough for a URL. */
    private static final Pattern STATE = Pattern.compile("[ -~]{1,512}");

    /** A SHA-256 in base64url. */
    private static final Pattern S256_CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final List<String> PARAMETERS = List.of(
            "response_type",
            "scope",
            "state",
            "code_challenge",
            "code_challenge_method",
            "response_mode",
            "ui_locales");

    /**
     * Parses the query of a request. The client and its redirect URI are checked first: only if both are valid may an
     * error be redirected to the client.
     *
     * @throws AuthorizationException if the request is invalid
     */
    public static AuthorizationRequest parse(String query, OAuthClient client) throws AuthorizationException {
        Form form = Form.parse(query)
                .filter(one -> !one.isRepeated("client_id") && !one.isRepeated("redirect_uri"))
                .orElseThrow(() -> new AuthorizationException(new Unreadable()));
        String clientId = form.get("client_id")
                .filter(client::hasId)
                .orElseThrow(() -> new AuthorizationException(new InvalidClient()));
        String redirectUri = form.get("redirect_uri")
                .filter(client::allowsRedirectTo)
                .orElseThrow(() -> new AuthorizationException(new InvalidRedirectUri()));
        Optional<String> state =
                form.get("state").filter(text -> STATE.matcher(text).matches());
        Optional<OAuthError> error = error(form, state);
        if (error.isPresent()) {
            throw new AuthorizationException(new RedirectError(errorRedirect(redirectUri, error.get(), state)));
        }
        return new AuthorizationRequest(
                clientId,
                redirectUri,
                state.orElseThrow(),
                form.get("code_challenge").orElse(null));
    }

    private static Optional<OAuthError> error(Form form, Optional<String> state) {
        Optional<String> responseType = form.get("response_type");
        if (PARAMETERS.stream().anyMatch(form::isRepeated)
                // The client's protection against CSRF.
                || state.isEmpty()
                || responseType.isEmpty()
                || !form.get("response_mode").orElse("query").equals("query")
                || !isPkceValid(form)) {
            return Optional.of(OAuthError.INVALID_REQUEST);
        }
        if (!responseType.get().equals("code")) {
            return Optional.of(OAuthError.UNSUPPORTED_RESPONSE_TYPE);
        }
        return form.get("scope").filter(scope -> !scope.equals(SCOPE)).map(_ -> OAuthError.INVALID_SCOPE);
    }

    /** Whether the PKCE code challenge is absent or S256. The default method, {@code plain}, protects nothing. */
    private static boolean isPkceValid(Form form) {
        Optional<String> challenge = form.get("code_challenge");
        Optional<String> method = form.get("code_challenge_method");
        return challenge.isEmpty() && method.isEmpty()
                || method.equals(Optional.of("S256"))
                        && challenge
                                .filter(text -> S256_CHALLENGE.matcher(text).matches())
                                .isPresent();
    }

    /** The request in canonical form, which identifies it. */
    public String query() {
        String pkce = codeChallenge == null ? "" : "&code_challenge=" + codeChallenge + "&code_challenge_method=S256";
        return "client_id=" + encode(clientId) + "&redirect_uri=" + encode(redirectUri) + "&response_type=code&scope="
                + SCOPE + "&state=" + encode(state) + pkce;
    }

    /** The URI that gives the client its authorization code. */
    public String redirectWithCode(GrantSecret code) {
        return redirect(redirectUri, "code=" + code.reveal(), Optional.of(state));
    }

    /** The URI that returns {@code access_denied} to the client, as the user has cancelled. */
    public String redirectAccessDenied() {
        return errorRedirect(redirectUri, OAuthError.ACCESS_DENIED, Optional.of(state));
    }

    private static String errorRedirect(String uri, OAuthError error, Optional<String> state) {
        return redirect(uri, "error=" + error.code(), state);
    }

    private static String redirect(String uri, String result, Optional<String> state) {
        return uri
                + (uri.contains("?") ? "&" : "?")
                + result
                + state.map(text -> "&state=" + encode(text)).orElse("");
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
