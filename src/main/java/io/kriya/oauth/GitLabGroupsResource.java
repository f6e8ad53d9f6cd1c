package io.kriya.oauth;

import io.kriya.oauth.client.OAuthMetrics;
import io.kriya.oauth.client.OAuthMetrics.Endpoint;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Returns the groups of a user, in the form of GitLab's API: Kriya has none. */
@Path("/api/v4/groups")
@RequiresNumericId
@Tag(name = "OAuth")
@NoStore
public class GitLabGroupsResource {

    private final OAuthMetrics metrics;
    private final AccessTokenAuthenticator authenticator;

    GitLabGroupsResource(OAuthMetrics metrics, AccessTokenAuthenticator authenticator) {
        this.metrics = metrics;
        this.authenticator = authenticator;
    }

    @GET
    @PermitAll
    @RunOnVirtualThread
    @SecurityRequirement(name = "accessToken")
    @Operation(
            operationId = "gitLabGroups",
            summary = "The groups of the user of an access token",
            description = "Only with `GITLAB_NUMERIC_ID`, for clients that ask GitLab for them.")
    @APIResponse(
            responseCode = "200",
            description = "Always empty.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = String.class, maxItems = 0)))
    @APIResponse(responseCode = "401", ref = "invalid_token")
    @APIResponse(responseCode = "404", ref = "not_found")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public List<String> groups(@Context HttpServerRequest http) {
        return metrics.count(Endpoint.GROUPS, () -> {
            authenticator.of(http);
            return List.of();
        });
    }
}
