package io.kriya.oauth;

import io.kriya.http.PublicUrl;
import io.kriya.oauth.client.RequiresOAuthClient;
import io.kriya.sms.SmsText;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The metadata of the authorization server (RFC 8414). */
@Path("/.well-known/oauth-authorization-server")
@RequiresOAuthClient
@Tag(name = "OAuth")
public class MetadataResource {

    private static final List<String> AUTH_METHODS = List.of("client_secret_post", "client_secret_basic");

    /** What the server supports, and where. */
    @Schema(name = "AuthorizationServer")
    public record Metadata(
            @Schema(description = "`PUBLIC_URL`.", examples = "https://login.example.com")
            String issuer,

            @Schema(description = "Login page.", examples = "https://login.example.com/oauth/authorize")
            String authorizationEndpoint,

            @Schema(description = "The token endpoint.", examples = "https://login.example.com/oauth/token")
            String tokenEndpoint,

            @Schema(description = "GitLab's user endpoint.", examples = "https://login.example.com/api/v4/user")
            String userinfoEndpoint,

            @Schema(description = "The revocation endpoint.", examples = "https://login.example.com/oauth/revoke")
            String revocationEndpoint,

            @Schema(
                    description = "The introspection endpoint.",
                    examples = "https://login.example.com/oauth/introspect")
            String introspectionEndpoint,

            @Schema(description = "Scopes.") List<String> scopesSupported,

            @Schema(description = "Response types.") List<String> responseTypesSupported,

            @Schema(description = "Response modes.") List<String> responseModesSupported,

            @Schema(description = "Grant types.") List<String> grantTypesSupported,

            @Schema(description = "Client authentication.") List<String> tokenEndpointAuthMethodsSupported,

            @Schema(description = "Client authentication.") List<String> revocationEndpointAuthMethodsSupported,

            @Schema(description = "Client authentication.") List<String> introspectionEndpointAuthMethodsSupported,

            @Schema(description = "PKCE (RFC 7636).") List<String> codeChallengeMethodsSupported,

            @Schema(
                    description = "Whether each redirect to the client names the issuer in `iss` (RFC 9207).",
                    examples = "true")
            boolean authorizationResponseIssParameterSupported,

            @Schema(description = "Languages of the login page.")
            List<String> uiLocalesSupported) {}

    private final PublicUrl url;
    private final SmsText texts;

    MetadataResource(PublicUrl url, SmsText texts) {
        this.url = url;
        this.texts = texts;
    }

    @GET
    @PermitAll
    @Operation(
            operationId = "authorizationServer",
            summary = "Authorization server metadata",
            description = "RFC 8414. If `PUBLIC_URL` has a path, that path may also be appended to this one.")
    @APIResponse(responseCode = "200", description = "The metadata.")
    @APIResponse(responseCode = "404", ref = "not_found")
    public Metadata metadata() {
        return new Metadata(
                url.of(""),
                url.of("/oauth/authorize"),
                url.of("/oauth/token"),
                url.of("/api/v4/user"),
                url.of("/oauth/revoke"),
                url.of("/oauth/introspect"),
                Scopes.SUPPORTED,
                List.of("code"),
                List.of("query"),
                List.of("authorization_code"),
                AUTH_METHODS,
                AUTH_METHODS,
                AUTH_METHODS,
                List.of("S256"),
                true,
                texts.languages());
    }
}
