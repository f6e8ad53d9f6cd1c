package io.kriya.oauth;

import io.kriya.http.Form;
import io.kriya.oauth.AuthorizationException.AuthorizationError.InvalidClient;
import io.kriya.oauth.AuthorizationException.AuthorizationError.InvalidRedirectUri;
import io.kriya.oauth.AuthorizationException.AuthorizationError.RedirectError;
import io.kriya.oauth.AuthorizationException.AuthorizationError.Unreadable;
import io.kriya.oauth.client.OAuthClient;
import io.kriya.oauth.client.OAuthConfig;
import io.kriya.oauth.client.OAuthError;
import io.kriya.oauth.client.OAuthException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses and checks authorization requests. */
@ApplicationScoped
public class AuthorizationRequests {

    /** RFC 6749, A.5, and short enough for a URL. */
    private static final Pattern STATE = Pattern.compile("[ -~]{1,2048}");

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

    private final OAuthClient client;
    private final AuthorizationResponses responses;
    private final boolean allowsStateless;

    AuthorizationRequests(OAuthClient client, AuthorizationResponses responses, OAuthConfig config) {
        this.client = client;
        this.responses = responses;
        allowsStateless = config.allowsStateless();
    }

    /**
     * Parses the query of a request. The client and its redirect URI are checked first: only if both are valid may an
     * error be redirected to the client.
     *
     * @throws AuthorizationException if the request is invalid
     */
    public AuthorizationRequest parse(String query) throws AuthorizationException {
        Form form = Form.parse(query)
                .filter(one -> !one.isRepeated("client_id") && !one.isRepeated("redirect_uri"))
                .orElseThrow(() -> new AuthorizationException(new Unreadable()));
        String clientId = form.get("client_id")
                .filter(client::hasId)
                .orElseThrow(() -> new AuthorizationException(new InvalidClient()));
        String redirectUri = form.get("redirect_uri")
                .filter(client::allowsRedirectTo)
                .orElseThrow(() -> new AuthorizationException(new InvalidRedirectUri()));
        try {
            check(form);
            return new AuthorizationRequest(
                    clientId,
                    redirectUri,
                    form.get("state").orElse(null),
                    form.get("code_challenge").orElse(null));
        } catch (OAuthException refusal) {
            String state =
                    form.get("state").filter(AuthorizationRequests::isState).orElse(null);
            throw new AuthorizationException(new RedirectError(responses.error(redirectUri, state, refusal)));
        }
    }

    /** @throws OAuthException if a parameter is invalid; it names the first of them */
    private void check(Form form) {
        PARAMETERS.stream().filter(form::isRepeated).findFirst().ifPresent(name -> {
            throw invalid(name + " is there more than once.");
        });
        String responseType =
                form.get("response_type").orElseThrow(() -> invalid("response_type is required; it takes code."));
        if (!responseType.equals("code")) {
            throw new OAuthException(OAuthError.UNSUPPORTED_RESPONSE_TYPE, "response_type takes code alone.");
        }
        if (!form.get("response_mode").orElse("query").equals("query")) {
            throw invalid("response_mode takes query alone.");
        }
        if (!form.get("state").map(AuthorizationRequests::isState).orElse(true)) {
            throw invalid("state takes at most 2048 characters, which are visible ASCII or blanks.");
        }
        checkPkce(form.get("code_challenge"), form.get("code_challenge_method"));
        if (form.get("state").or(() -> form.get("code_challenge")).isEmpty() && !allowsStateless) {
            throw invalid("state or code_challenge is required, as without both a login can be forged;"
                    + " OAUTH_ALLOW_STATELESS of the server allows it.");
        }
        Scopes.granted(form.get("scope"));
    }

    private static boolean isState(String text) {
        return STATE.matcher(text).matches();
    }

    /** The method is S256: the default one, {@code plain}, protects nothing. */
    private static void checkPkce(Optional<String> challenge, Optional<String> method) {
        if (challenge.isEmpty() && method.isPresent()) {
            throw invalid("code_challenge is required with code_challenge_method; it takes a SHA-256 in base64url.");
        }
        if (challenge.isPresent() && !method.equals(Optional.of("S256"))) {
            throw invalid("code_challenge_method takes S256 alone, and is required with code_challenge.");
        }
        if (!challenge.map(text -> S256_CHALLENGE.matcher(text).matches()).orElse(true)) {
            throw invalid("code_challenge takes a SHA-256 in base64url, which has 43 characters.");
        }
    }

    private static OAuthException invalid(String description) {
        return new OAuthException(OAuthError.INVALID_REQUEST, description);
    }
}
