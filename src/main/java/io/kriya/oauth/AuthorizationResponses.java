package io.kriya.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.http.PublicUrl;
import io.kriya.oauth.client.OAuthError;
import io.kriya.oauth.client.OAuthException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;

/** Makes the URIs that redirect to the client (RFC 6749, 4.1.2), each with the issuer (RFC 9207). */
@ApplicationScoped
public class AuthorizationResponses {

    private final PublicUrl issuer;

    AuthorizationResponses(PublicUrl issuer) {
        this.issuer = issuer;
    }

    /** The URI that gives the client its authorization code. */
    public String code(AuthorizationRequest request, GrantSecret code) {
        return redirect(request.redirectUri(), "code=" + code.reveal(), request.state(), "");
    }

    /** The URI that returns {@code access_denied} to the client, as the user has cancelled. */
    public String accessDenied(AuthorizationRequest request) {
        var refusal = new OAuthException(OAuthError.ACCESS_DENIED, "The user has cancelled.");
        return error(request.redirectUri(), request.state(), refusal);
    }

    /** The URI that returns an error to the client; {@code state} may be null. */
    String error(String redirectUri, String state, OAuthException refusal) {
        return redirect(
                redirectUri,
                "error=" + refusal.error().code(),
                state,
                "&error_description=" + encode(refusal.description()));
    }

    private String redirect(String uri, String result, String state, String description) {
        return uri + (uri.contains("?") ? "&" : "?") + result + (state == null ? "" : "&state=" + encode(state))
                + description + "&iss=" + encode(issuer.of(""));
    }

    /** A blank is encoded as {@code %20}, which every decoder understands. */
    private static String encode(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }
}
