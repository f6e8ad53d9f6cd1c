package io.kriya.token;

import io.kriya.account.UserView;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.token.cache.TokenVerdict;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Returns the user of a token. */
@Path("/api/auth/user")
@Tag(name = "People")
public class UserResource {

    private final Tokens tokens;

    UserResource(Tokens tokens) {
        this.tokens = tokens;
    }

    @GET
    @PermitAll
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "getUser", summary = "Show the user of a token")
    @Parameter(ref = "token")
    @APIResponse(responseCode = "200", description = "The user, as stored now.")
    @APIResponse(responseCode = "401", ref = "invalid_token")
    @APIResponse(responseCode = "422", ref = "invalid_request")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public Uni<UserView> user(@BeanParam PresentedToken token) {
        return tokens.validate(token.text()).map(verdict -> {
            if (verdict instanceof TokenVerdict.Valid(var valid)) {
                return valid.user();
            }
            throw new ProblemException(ErrorCode.INVALID_TOKEN);
        });
    }
}
