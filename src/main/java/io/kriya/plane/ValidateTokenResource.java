package io.kriya.plane;

import io.kriya.account.PhoneConfig;
import io.kriya.apikey.RequiresApiKey;
import io.kriya.token.Tokens;
import io.kriya.token.cache.TokenVerdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Validates tokens for the Plane backend. */
@Startup // registers the counters
@Path("/api/auth/validate-token")
@Tag(name = "Plane")
public class ValidateTokenResource {

    private final Tokens tokens;
    private final boolean showsUnverifiedEmail;
    private final Counter valid;
    private final Counter inactive;
    private final Counter unknown;

    ValidateTokenResource(Tokens tokens, PlaneConfig plane, PhoneConfig phone, MeterRegistry meters) {
        this.tokens = tokens;
        showsUnverifiedEmail = plane.email().map("any"::equals).orElse(!phone.isVerified());
        valid = counter("valid", meters);
        inactive = counter("over", meters);
        unknown = counter("unknown", meters);
    }

    private static Counter counter(String result, MeterRegistry meters) {
        return Counter.builder("kriya.validations")
                .description("Validated tokens by result: valid, over (expired or revoked), or unknown.")
                .tag("result", result)
                .register(meters);
    }

    @POST
    @RequiresApiKey
    @SecurityRequirement(name = "apiKey")
    @Operation(
            operationId = "validateToken",
            summary = "Validate a token",
            description = "For the Plane backend. An invalid token gets a 200 response, not an error; 403 always"
                    + " means that the API key is missing or wrong. The key is checked before the body.")
    @APIResponse(
            responseCode = "200",
            description = "The result. `user` is the user as stored now. `email` is the verified address if there is"
                    + " one; else null with `PLANE_EMAIL=verified`.")
    @APIResponse(responseCode = "403", ref = "invalid_api_key")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public Uni<ValidateTokenResponse> validate(@RequestBody(required = true) ValidateTokenRequest request) {
        return tokens.validate(ValidateTokenRequest.token(request)).map(this::response);
    }

    private ValidateTokenResponse response(TokenVerdict verdict) {
        return switch (verdict) {
            case TokenVerdict.Valid(var token) -> {
                valid.increment();
                yield ValidateTokenResponse.valid(token, showsUnverifiedEmail);
            }
            case TokenVerdict.Inactive _ -> {
                inactive.increment();
                yield ValidateTokenResponse.INACTIVE;
            }
            case TokenVerdict.Unknown _ -> {
                unknown.increment();
                yield ValidateTokenResponse.UNKNOWN;
            }
        };
    }
}
