package io.kriya.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kriya.http.Form;
import io.kriya.oauth.GrantSecret.Kind;
import io.kriya.oauth.client.ClientCalls;
import io.kriya.oauth.client.OAuthError;
import io.kriya.oauth.client.OAuthException;
import io.kriya.oauth.client.OAuthMetrics.Endpoint;
import io.kriya.security.Roles;
import io.kriya.token.Tokens;
import io.kriya.token.cache.TokenVerdict;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells gateways whether a token is good (RFC 7662): one of the login, or an access token. */
@Path("/oauth/introspect")
@Tag(name = "OAuth")
@NoStore
public class IntrospectionResource {

    private static final Introspection INACTIVE = new Introspection(false, null, null, null, null, null, null);

    /** What a token is worth. Of one that is not good nothing else is told. */
    @Schema(name = "Introspection", requiredProperties = "active")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Introspection(
            @Schema(description = "Whether it is good.", examples = "true")
            boolean active,

            @Schema(description = "Whose it is.", nullable = true, examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
            String sub,

            @Schema(description = "The same.", nullable = true, examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
            String username,

            @Schema(description = "Always `Bearer`.", nullable = true, examples = "Bearer")
            String tokenType,

            @Schema(description = "Until when, in seconds since 1970.", nullable = true, examples = "1796122800")
            Long exp,

            @Schema(description = "Of an access token, whom it was issued to.", nullable = true, examples = "plane")
            String clientId,

            @Schema(description = "Of an access token, what it is good for.", nullable = true, examples = "read_user")
            String scope) {}

    private final ClientCalls calls;
    private final Grants grants;
    private final Tokens tokens;
    private final SecurityIdentity caller;

    IntrospectionResource(ClientCalls calls, Grants grants, Tokens tokens, SecurityIdentity caller) {
        this.calls = calls;
        this.grants = grants;
        this.tokens = tokens;
        this.caller = caller;
    }

    @POST
    @PermitAll
    @RunOnVirtualThread
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "client")
    @SecurityRequirement(name = "apiKey")
    @Operation(
            operationId = "introspect",
            summary = "Introspect a token",
            description =
                    "For gateways, with `X-API-Key`, or for the client that people log in to, which proves itself as for"
                            + " an access token. `token` is a login token or an access token.")
    @APIResponse(responseCode = "200", description = "What it is worth; only `active` where it is not good.")
    @APIResponse(responseCode = "400", ref = "oauth_error")
    @APIResponse(responseCode = "401", ref = "oauth_error")
    @APIResponse(responseCode = "413", ref = "payload_too_large")
    @APIResponse(responseCode = "429", ref = "too_many_requests")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public Introspection introspect(@RequestBody(ref = "oauthForm") Form form, @Context HttpServerRequest http) {
        return caller.hasRole(Roles.PLANE)
                ? calls.counted(Endpoint.INTROSPECT, () -> introspect(form))
                : calls.answer(Endpoint.INTROSPECT, form, http, _ -> introspect(form));
    }

    private Introspection introspect(Form form) {
        ClientCalls.requireReadable(form);
        String shown = form.get("token")
                .orElseThrow(() -> new OAuthException(OAuthError.INVALID_REQUEST, "token is required, once."));
        return GrantSecret.parse(Kind.ACCESS_TOKEN, shown)
                .map(token -> grants.personOf(token).map(IntrospectionResource::accessToken))
                .orElseGet(() -> loginToken(shown))
                .orElse(INACTIVE);
    }

    private static Introspection accessToken(Grant.Person person) {
        return active(person.id(), person.tokenExpiresAt(), person.clientId(), AuthorizationRequest.SCOPE);
    }

    private Optional<Introspection> loginToken(String shown) {
        return tokens.validate(shown).await().indefinitely() instanceof TokenVerdict.Valid(var token)
                ? Optional.of(active(token.user().id(), token.expiresAt(), null, null))
                : Optional.empty();
    }

    private static Introspection active(UUID person, Instant until, String clientId, String scope) {
        String id = person.toString();
        return new Introspection(true, id, id, "Bearer", until.getEpochSecond(), clientId, scope);
    }
}
