package io.kriya.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kriya.account.PlaceholderEmails;
import io.kriya.account.UserAliases;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.http.PublicUrl;
import io.kriya.oauth.Grants.TokenUser;
import io.kriya.oauth.client.OAuthConfig;
import io.kriya.oauth.client.OAuthMetrics;
import io.kriya.oauth.client.OAuthMetrics.Endpoint;
import io.kriya.oauth.client.RequiresOAuthClient;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
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
    @Schema(
            name = "GitLabUser",
            requiredProperties = {"id", "sub", "username", "email", "name", "family_name", "avatar_url"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GitLabUser(
            @Schema(
                    description = "The same as `sub`; with `GITLAB_NUMERIC_ID` a positive integer below 2^53."
                            + " Never changes.",
                    anyOf = {String.class, Long.class},
                    examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
            Object id,

            @Schema(
                    description = "The id of the user, as introspection has it. Never changes.",
                    examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
            String sub,

            @Schema(
                    description = "The same as `sub`; with `OAUTH_EMAIL_LOCAL=handle` the handle. Never changes.",
                    examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
            String username,

            @Schema(
                    description = "The verified address, or a placeholder made of `username`.",
                    examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11@kriya.local")
            String email,

            @Schema(description = "The first name.", examples = "Ada")
            String name,

            @Schema(description = "The last name; empty if there is none.", examples = "Lovelace")
            String familyName,

            @Schema(description = "Always empty.", examples = "")
            String avatarUrl,

            @Schema(description = "Always `active`. Only with `GITLAB_NUMERIC_ID`.", examples = "active")
            String state,

            @Schema(
                    description = "When the user registered, UTC. Only with `GITLAB_NUMERIC_ID`.",
                    examples = "2026-11-09T10:30:00.123456Z")
            Instant confirmedAt,

            @Schema(
                    description = "`PUBLIC_URL`, as users have no page. Only with `GITLAB_NUMERIC_ID`.",
                    examples = "https://login.example.com")
            String webUrl) {

        /** Redacted. */
        @Override
        public String toString() {
            return "GitLabUser";
        }
    }

    private final OAuthMetrics metrics;
    private final AccessTokenAuthenticator authenticator;
    private final PlaceholderEmails placeholders;
    private final UserAliases aliases;
    private final PublicUrl url;
    private final boolean hasNumericId;
    private final boolean hasHandle;

    GitLabUserResource(
            OAuthMetrics metrics,
            AccessTokenAuthenticator authenticator,
            PlaceholderEmails placeholders,
            UserAliases aliases,
            PublicUrl url,
            OAuthConfig config) {
        this.metrics = metrics;
        this.authenticator = authenticator;
        this.placeholders = placeholders;
        this.aliases = aliases;
        this.url = url;
        hasNumericId = config.hasNumericId();
        hasHandle = config.hasHandle();
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
    private GitLabUser view(TokenUser user) {
        String sub = user.id().toString();
        String username = hasHandle ? handle(user) : sub;
        return new GitLabUser(
                hasNumericId ? number(user) : sub,
                sub,
                username,
                Objects.requireNonNullElseGet(user.verifiedEmail(), () -> placeholders.of(username)),
                user.firstName(),
                Objects.requireNonNullElse(user.lastName(), ""),
                // Plane would store null in a column that must not be null.
                "",
                hasNumericId ? "active" : null,
                hasNumericId ? user.createdAt() : null,
                hasNumericId ? url.of("") : null);
    }

    private Long number(TokenUser user) {
        return given(Optional.ofNullable(user.numericId()).or(() -> aliases.giveNumber(user.id())));
    }

    private String handle(TokenUser user) {
        return given(Optional.ofNullable(user.handle())
                .or(() -> aliases.giveHandle(user.id(), user.firstName(), user.lastName())));
    }

    /** An alias, which a user who was erased meanwhile is not given. */
    private static <T> T given(Optional<T> alias) {
        return alias.orElseThrow(() -> new ProblemException(ErrorCode.INVALID_TOKEN));
    }
}
