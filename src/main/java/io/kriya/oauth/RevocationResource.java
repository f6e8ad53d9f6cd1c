package io.kriya.oauth;

import io.kriya.http.Form;
import io.kriya.oauth.GrantSecret.Kind;
import io.kriya.oauth.client.ClientAuthenticator;
import io.kriya.oauth.client.ClientAuthenticator.Permission;
import io.kriya.oauth.client.OAuthError;
import io.kriya.oauth.client.OAuthException;
import io.kriya.oauth.client.OAuthMetrics;
import io.kriya.oauth.client.OAuthMetrics.Endpoint;
import io.kriya.oauth.client.RequiresOAuthClient;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Revokes an access token (RFC 7009). */
@Path("/oauth/revoke")
@RequiresOAuthClient
@Tag(name = "OAuth")
@NoStore
public class RevocationResource {

    private final ClientAuthenticator authenticator;
    private final OAuthMetrics metrics;
    private final Grants grants;

    RevocationResource(ClientAuthenticator authenticator, OAuthMetrics metrics, Grants grants) {
        this.authenticator = authenticator;
        this.metrics = metrics;
        this.grants = grants;
    }

    @POST
    @PermitAll
    @RunOnVirtualThread
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "client")
    @Operation(
            operationId = "revoke",
            summary = "Revoke an access token",
            description =
                    "For the client, which authenticates as at `/oauth/token`. Any other text, such as a login token,"
                            + " is ignored without an error.")
    @APIResponse(
            responseCode = "200",
            description = "The token is invalid now. An empty object.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "400", ref = "oauth_error")
    @APIResponse(responseCode = "401", ref = "oauth_error")
    @APIResponse(responseCode = "404", ref = "not_found")
    @APIResponse(responseCode = "413", ref = "payload_too_large")
    @APIResponse(responseCode = "429", ref = "too_many_requests")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public Response revoke(@RequestBody(ref = "oauthForm") Form form, @Context HttpServerRequest http) {
        return metrics.count(Endpoint.REVOKE, () -> {
            authenticator.authenticate(form, http, Permission.GRANTS);
            String token = form.get("token")
                    .orElseThrow(() -> new OAuthException(OAuthError.INVALID_REQUEST, "token is required, once."));
            GrantSecret.parse(Kind.ACCESS_TOKEN, token).ifPresent(grants::revoke);
            return Response.ok("{}", MediaType.APPLICATION_JSON).build();
        });
    }
}
