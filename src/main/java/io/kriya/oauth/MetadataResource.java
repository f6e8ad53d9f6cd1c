package io.kriya.oauth;

import io.kriya.http.PublicUrl;
import io.kriya.oauth.client.RequiresOAuthClient;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells clients where everything is (RFC 8414). */
@Path("/.well-known/oauth-authorization-server")
@RequiresOAuthClient
@Tag(name = "OAuth")
public class MetadataResource {

    private static final List<String> AUTH_METHODS = List.of("client_secret_post", "client_secret_basic");

    /** Where everything is, and what there is. */
    @Schema(name = "AuthorizationServer")
    public record Metadata(
            @Schema(description = "`PUBLIC_URL`.", examples = "https://login.example.com")
            String issuer,

            @Schema(description = "Where people are sent.", examples = "https://login.example.com/oauth/authorize")
            String authorizationEndpoint,

            @Schema(description = "Where codes are exchanged.", examples = "https://login.example.com/oauth/token")
            String tokenEndpoint,

            @Schema(description = "Who has logged in.", examples = "https://login.example.com/api/v4/user")
            String userinfoEndpoint,

            @Schema(description = "Where tokens are ended.", examples = "https://login.example.com/oauth/revoke")
            String revocationEndpoint,

            @Schema(description = "Whether tokens are good.", examples = "https://login.example.com/oauth/introspect")
            String introspectionEndpoint,

            @Schema(description = "What may be asked for.") List<String> scopesSupported,

            @Schema(description = "What people are sent back with.")
            List<String> responseTypesSupported,

            @Schema(description = "How.") List<String> responseModesSupported,

            @Schema(description = "What is exchanged.") List<String> grantTypesSupported,

            @Schema(description = "How clients prove themselves.")
            List<String> tokenEndpointAuthMethodsSupported,

            @Schema(description = "How clients prove themselves.")
            List<String> revocationEndpointAuthMethodsSupported,

            @Schema(description = "How clients prove themselves.")
            List<String> introspectionEndpointAuthMethodsSupported,

            @Schema(description = "How requests are bound to whoever made them (RFC 7636).")
            List<String> codeChallengeMethodsSupported) {}

    private final PublicUrl url;

    MetadataResource(PublicUrl url) {
        this.url = url;
    }

    @GET
    @PermitAll
    @Operation(
            operationId = "authorizationServer",
            summary = "Where everything is",
            description = "RFC 8414. Where `PUBLIC_URL` has a path, it may also follow this one, as the RFC has it.")
    @APIResponse(responseCode = "200", description = "Where everything is.")
    @APIResponse(responseCode = "404", ref = "not_found")
    public Metadata metadata() {
        return new Metadata(
                url.of(""),
                url.of("/oauth/authorize"),
                url.of("/oauth/token"),
                url.of("/api/v4/user"),
                url.of("/oauth/revoke"),
                url.of("/oauth/introspect"),
                List.of(AuthorizationRequest.SCOPE),
                List.of("code"),
                List.of("query"),
                List.of("authorization_code"),
                AUTH_METHODS,
                AUTH_METHODS,
                AUTH_METHODS,
                List.of("S256"));
    }
}
