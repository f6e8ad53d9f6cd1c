package io.kriya.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kriya.apikey.ApiKeys;
import io.kriya.http.Form;
import io.kriya.http.PublicUrl;
import io.kriya.oauth.GrantSecret.Kind;
import io.kriya.oauth.client.ClientAuthenticator;
import io.kriya.oauth.client.ClientAuthenticator.Permission;
import io.kriya.oauth.client.OAuthError;
import io.kriya.oauth.client.OAuthException;
import io.kriya.oauth.client.OAuthMetrics;
import io.kriya.oauth.client.OAuthMetrics.Endpoint;
import io.kriya.token.Tokens;
import io.kriya.token.cache.TokenVerdict;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Introspects a login token or an access token (RFC 7662). */
@Path("/oauth/introspect")
@Tag(name = "OAuth")
@NoStore
public class IntrospectionResource {

    private static final Introspection INACTIVE = new Introspection(false, null, null, null, null, null, null, null);

    /** The response; only {@code active} for an invalid token. */
    @Schema(name = "Introspection", requiredProperties = "active")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Introspection(
            @Schema(description = "Whether the token is valid.", examples = "true")
            boolean active,

            @Schema(
                    description = "The id of the user.",
                    nullable = true,
                    examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
            String sub,

            @Schema(
                    description = "The same as `sub`.",
                    nullable = true,
                    examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
            String username,

            @Schema(description = "Always `Bearer`.", nullable = true, examples = "Bearer")
            String tokenType,

            @Schema(description = "Its expiry, in seconds since 1970.", nullable = true, examples = "1796122800")
            Long exp,

            @Schema(description = "The client that an access token was issued to.", nullable = true, examples = "plane")
            String clientId,

            @Schema(
                    description = "What the token is for: of an access token the user endpoint, of a login token"
                            + " `PUBLIC_URL`, if that is configured.",
                    nullable = true,
                    examples = "https://login.example.com/api/v4/user")
            String aud,

            @Schema(
                    description = "`read_user` of an access token, `login` of a login token.",
                    nullable = true,
                    examples = "read_user")
            String scope) {}

    private final ClientAuthenticator authenticator;
    private final OAuthMetrics metrics;
    private final Grants grants;
    private final Tokens tokens;
    private final ApiKeys keys;
    private final PublicUrl url;
    private final String loginAudience;
    private final ExecutorService threads;

    IntrospectionResource(
            ClientAuthenticator authenticator,
            OAuthMetrics metrics,
            Grants grants,
            Tokens tokens,
            ApiKeys keys,
            PublicUrl url,
            @VirtualThreads ExecutorService threads) {
        this.authenticator = authenticator;
        this.metrics = metrics;
        this.grants = grants;
        this.tokens = tokens;
        this.keys = keys;
        this.url = url;
        loginAudience = url.base().orElse(null);
        this.threads = threads;
    }

    @POST
    @PermitAll
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "client")
    @SecurityRequirement(name = "apiKey")
    @Operation(
            operationId = "introspect",
            summary = "Introspect a token",
            description =
                    "For API gateways, by `INTROSPECTION_CLIENT_ID` and its secret, by HTTP Basic or in the form, or by"
                            + " `X-API-Key`; and for the client, which authenticates as at `/oauth/token`. `token` is"
                            + " a login token, or the client's own access token: others are inactive.")
    @APIResponse(responseCode = "200", description = "The state of the token; only `active` if it is invalid.")
    @APIResponse(responseCode = "400", ref = "oauth_error")
    @APIResponse(responseCode = "401", ref = "oauth_error")
    @APIResponse(responseCode = "413", ref = "payload_too_large")
    @APIResponse(responseCode = "429", ref = "too_many_requests")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public Uni<Introspection> introspect(@RequestBody(ref = "oauthForm") Form form, @Context HttpServerRequest http) {
        return metrics.count(
                Endpoint.INTROSPECT,
                keys.isAccepted(http.getHeader(ApiKeys.HEADER))
                        ? Uni.createFrom().deferred(() -> introspect(form, Optional.empty()))
                        : onThread(() -> authenticator.authenticate(form, http, Permission.INTROSPECTION))
                                .chain(client -> introspect(form, Optional.of(client))));
    }

    /** @param client that asks; empty for the API key */
    private Uni<Introspection> introspect(Form form, Optional<String> client) {
        ClientAuthenticator.requireReadable(form);
        String presented = form.get("token")
                .orElseThrow(() -> new OAuthException(OAuthError.INVALID_REQUEST, "token is required, once."));
        return GrantSecret.parse(Kind.ACCESS_TOKEN, presented)
                .map(token -> client.map(id -> onThread(() -> accessToken(token, id)))
                        .orElseGet(() -> Uni.createFrom().item(INACTIVE)))
                .orElseGet(() -> tokens.validate(presented).map(this::loginToken));
    }

    /** What may use the database; a login token from the cache needs no thread. */
    private <T> Uni<T> onThread(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(threads);
    }

    /** Active for the client that it was issued to alone: elsewhere the client could log in as its users. */
    private Introspection accessToken(GrantSecret token, String client) {
        return grants.userOf(token)
                .filter(user -> user.clientId().equals(client))
                .map(user -> active(user.id(), user.tokenExpiresAt(), client, url.of("/api/v4/user"), Scopes.READ_USER))
                .orElse(INACTIVE);
    }

    private Introspection loginToken(TokenVerdict verdict) {
        return verdict instanceof TokenVerdict.Valid(var token)
                ? active(token.user().id(), token.expiresAt(), null, loginAudience, Scopes.LOGIN)
                : INACTIVE;
    }

    private static Introspection active(UUID userId, Instant expiresAt, String client, String aud, String scope) {
        String id = userId.toString();
        return new Introspection(true, id, id, "Bearer", expiresAt.getEpochSecond(), client, aud, scope);
    }
}
