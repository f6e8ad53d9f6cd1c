package io.kriya.oauth;

import io.kriya.account.PlaceholderEmails;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.oauth.GrantSecret.Kind;
import io.kriya.oauth.client.ClientCalls;
import io.kriya.oauth.client.OAuthMetrics.Endpoint;
import io.kriya.oauth.client.RequiresOAuthClient;
import io.kriya.token.PresentedToken;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells a client who has logged in, as GitLab tells its clients. */
@Path("/api/v4/user")
@RequiresOAuthClient
@Tag(name = "OAuth")
@NoStore
public class GitLabUserResource {

    /** A person, in GitLab's words. */
    @Schema(name = "GitLabUser")
    public record GitLabUser(
            @Schema(description = "Never changes.", examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
            String id,

            @Schema(description = "The same.", examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
            String username,

            @Schema(
                    description =
                            "The address that is proven to be the person's, or else one made of `id`, which nobody reads.",
                    examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11@kriya.local")
            String email,

            @Schema(description = "What to call them.", examples = "Ada")
            String name,

            @Schema(description = "Empty where there is none.", examples = "Lovelace")
            String familyName,

            @Schema(description = "Always empty: there is no picture.", examples = "")
            String avatarUrl) {

        /** Names nobody. */
        @Override
        public String toString() {
            return "GitLabUser";
        }
    }

    private final ClientCalls calls;
    private final Grants grants;
    private final PlaceholderEmails placeholders;

    GitLabUserResource(ClientCalls calls, Grants grants, PlaceholderEmails placeholders) {
        this.calls = calls;
        this.grants = grants;
        this.placeholders = placeholders;
    }

    @GET
    @PermitAll
    @RunOnVirtualThread
    @SecurityRequirement(name = "accessToken")
    @Operation(
            operationId = "gitLabUser",
            summary = "Who has logged in",
            description = "For the client that people log in to, with its access token. A login token is none.")
    @APIResponse(responseCode = "200", description = "The person, as stored now.")
    @APIResponse(responseCode = "401", ref = "invalid_token")
    @APIResponse(responseCode = "404", ref = "not_found")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public GitLabUser person(@Context HttpServerRequest http) {
        return calls.counted(Endpoint.USER, () -> PresentedToken.bearer(http.getHeader(HttpHeaders.AUTHORIZATION))
                .flatMap(shown -> GrantSecret.parse(Kind.ACCESS_TOKEN, shown))
                .flatMap(grants::personOf)
                .map(this::view)
                .orElseThrow(() -> new ProblemException(ErrorCode.INVALID_TOKEN)));
    }

    /** Whoever is told an address lets its owner in: it is never made of a number, nor what somebody merely typed. */
    private GitLabUser view(Grant.Person person) {
        String id = person.id().toString();
        return new GitLabUser(
                id,
                id,
                Objects.requireNonNullElseGet(person.verifiedEmail(), () -> placeholders.of(person.id())),
                person.firstName(),
                Objects.requireNonNullElse(person.lastName(), ""),
                // Not null: Plane would keep it where it must not be.
                "");
    }
}
