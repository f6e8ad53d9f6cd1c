package io.kriya.oauth;

import io.kriya.account.PlaceholderEmails;
import io.kriya.oauth.client.OAuthMetrics;
import io.kriya.oauth.client.OAuthMetrics.Endpoint;
import io.kriya.oauth.client.RequiresOAuthClient;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Returns the user of an access token, in the form of GitLab's API. */
@Path("/api/v4/user")
@RequiresOAuthClient
@Tag(name = "OAuth")
@NoStore
public class GitLabUserResource {

    /** A user in GitLab's form. */
    @Schema(name = "GitLabUser")
    public record GitLabUser(
            @Schema(description = "Never changes.", examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
            String id,

            @Schema(description = "The same as `id`.", examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
            String sub,

            @Schema(description = "The same as `id`.", examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
            String username,

            @Schema(
                    description = "The verified address, or a placeholder made of `id`, which nobody reads.",
                    examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11@kriya.local")
            String email,

            @Schema(description = "The first name.", examples = "Ada")
            String name,

            @Schema(description = "The last name; empty if there is none.", examples = "Lovelace")
            String familyName,

            @Schema(description = "Always empty.", examples = "")
            String avatarUrl) {

        /** Redacted. */
        @Override
        public String toString() {
            return "GitLabUser";
        }
    }

    private final OAuthMetrics metrics;
    private final AccessTokenAuthenticator authenticator;
    private final PlaceholderEmails placeholders;

    GitLabUserResource(OAuthMetrics metrics, AccessTokenAuthenticator authenticator, PlaceholderEmails placeholders) {
        this.metrics = metrics;
        this.authenticator = authenticator;
        this.placeholders = placeholders;
    }

    @GET
    @PermitAll
    @RunOnVirtualThread
    @SecurityRequirement(name = "accessToken")
    @Operation(
            operationId = "gitLabUser",
            summary = "The user of an access token",
            description = "For the client, with an access token. A login token is refused.")
    @APIResponse(responseCode = "200", description = "The user, as stored now.")
    @APIResponse(responseCode = "401", ref = "invalid_token")
    @APIResponse(responseCode = "404", ref = "not_found")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public GitLabUser user(@Context HttpServerRequest http) {
        return metrics.count(Endpoint.USER, () -> view(authenticator.of(http)));
    }

    /** The client identifies users by their address, so an unverified one is never given. */
    private GitLabUser view(Grants.TokenUser user) {
        String id = user.id().toString();
        return new GitLabUser(
                id,
                id,
                id,
                Objects.requireNonNullElseGet(user.verifiedEmail(), () -> placeholders.of(user.id())),
                user.firstName(),
                Objects.requireNonNullElse(user.lastName(), ""),
                // Plane would store null in a column that must not be null.
                "");
    }
}
