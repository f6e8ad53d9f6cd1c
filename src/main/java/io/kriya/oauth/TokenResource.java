package io.kriya.oauth;

import io.kriya.http.Form;
import io.kriya.oauth.GrantSecret.Kind;
import io.kriya.oauth.Grants.Exchange;
import io.kriya.oauth.client.ClientAuthenticator;
import io.kriya.oauth.client.ClientAuthenticator.Permission;
import io.kriya.oauth.client.OAuthClient;
import io.kriya.oauth.client.OAuthError;
import io.kriya.oauth.client.OAuthException;
import io.kriya.oauth.client.OAuthMetrics;
import io.kriya.oauth.client.OAuthMetrics.Endpoint;
import io.kriya.oauth.client.RequiresOAuthClient;
import io.kriya.security.Sha256;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Exchanges an authorization code for an access token (RFC 6749, 4.1.3). */
@Path("/oauth/token")
@RequiresOAuthClient
@Tag(name = "OAuth")
@NoStore
public class TokenResource {

    private static final List<String> PARAMETERS = List.of("grant_type", "code", "redirect_uri", "code_verifier");

    /** RFC 7636, 4.1. */
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    /** The response, with {@code created_at} as GitLab has it, which its clients rely on. */
    @Schema(name = "AccessToken")
    public record AccessToken(
            @Schema(
                    description = "Valid for `GET /api/v4/user` only.",
                    examples = "kriya_at_mLyeXbXFYtDlE3pH6HhcuSuoq5jfgIsFmxKq2RPZVGk")
            String accessToken,

            @Schema(description = "Always `Bearer`.", examples = "Bearer")
            String tokenType,

            @Schema(description = "Its lifetime in seconds.", examples = "600")
            long expiresIn,

            @Schema(description = "When it was issued, in seconds since 1970.", examples = "1796036400")
            long createdAt,

            @Schema(description = "Its scope.", examples = Scopes.READ_USER)
            String scope) {

        /** Redacted. */
        @Override
        public String toString() {
            return "AccessToken";
        }
    }

    private final OAuthClient client;
    private final ClientAuthenticator authenticator;
    private final OAuthMetrics metrics;
    private final Grants grants;
    private final Clock clock;

    TokenResource(
            OAuthClient client, ClientAuthenticator authenticator, OAuthMetrics metrics, Grants grants, Clock clock) {
        this.client = client;
        this.authenticator = authenticator;
        this.metrics = metrics;
        this.grants = grants;
        this.clock = clock;
    }

    @POST
    @PermitAll
    @RunOnVirtualThread
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "client")
    @Operation(
            operationId = "accessToken",
            summary = "Exchange an authorization code",
            description = "For the client, once for each code: `grant_type=authorization_code`, `code`,"
                    + " `redirect_uri`, `code_verifier` if there was a code challenge, and `client_id` and"
                    + " `client_secret` here or as HTTP Basic. A replayed authorization code revokes its access token.")
    @APIResponse(responseCode = "200", description = "An access token, valid for ten minutes.")
    @APIResponse(responseCode = "400", ref = "oauth_error")
    @APIResponse(responseCode = "401", ref = "oauth_error")
    @APIResponse(responseCode = "404", ref = "not_found")
    @APIResponse(responseCode = "413", ref = "payload_too_large")
    @APIResponse(responseCode = "429", ref = "too_many_requests")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public AccessToken exchange(@RequestBody(ref = "oauthForm") Form form, @Context HttpServerRequest http) {
        return metrics.count(
                Endpoint.TOKEN, () -> exchange(form, authenticator.authenticate(form, http, Permission.GRANTS)));
    }

    private AccessToken exchange(Form form, String clientId) {
        PARAMETERS.stream().filter(form::isRepeated).findFirst().ifPresent(name -> {
            throw new OAuthException(OAuthError.INVALID_REQUEST, name + " is there more than once.");
        });
        if (!required(form, "grant_type", "authorization_code").equals("authorization_code")) {
            throw new OAuthException(OAuthError.UNSUPPORTED_GRANT_TYPE, "grant_type takes authorization_code alone.");
        }
        String code = required(form, "code", "the one of the redirect");
        String redirectUri = required(form, "redirect_uri", "the one of the authorization request");
        Optional<String> verifier = form.get("code_verifier");
        if (verifier.filter(text -> !VERIFIER.matcher(text).matches()).isPresent()) {
            throw new OAuthException(
                    OAuthError.INVALID_REQUEST, "code_verifier takes 43 to 128 of A-Z, a-z, 0-9, -, ., _ and ~.");
        }
        if (!client.allowsRedirectTo(redirectUri)) {
            throw invalidGrant("redirect_uri takes one that is registered for the client.");
        }
        GrantSecret secret = GrantSecret.parse(Kind.CODE, code).orElseThrow(() -> invalidGrant(Grants.UNKNOWN_CODE));
        String challenge = verifier.map(TokenResource::challenge).orElse(null);
        return switch (grants.exchange(secret, clientId, redirectUri, challenge)) {
            case Exchange.Issued(GrantSecret token) -> response(token);
            case Exchange.Refused(String reason) -> throw invalidGrant(reason);
        };
    }

    private static String required(Form form, String field, String takes) {
        return form.get(field)
                .orElseThrow(() -> new OAuthException(
                        OAuthError.INVALID_REQUEST, field + " is required; it takes " + takes + "."));
    }

    private static OAuthException invalidGrant(String reason) {
        return new OAuthException(OAuthError.INVALID_GRANT, reason);
    }

    private static String challenge(String verifier) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)));
    }

    private AccessToken response(GrantSecret token) {
        return new AccessToken(
                token.reveal(),
                "Bearer",
                Grants.TOKEN_LIFE.toSeconds(),
                clock.instant().getEpochSecond(),
                Scopes.READ_USER);
    }
}
