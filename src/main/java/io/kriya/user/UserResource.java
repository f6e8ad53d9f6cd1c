package io.kriya.user;

import io.kriya.error.ErrorCode;
import io.kriya.error.Refusal;
import io.kriya.token.PresentedToken;
import io.kriya.token.TokenSecret;
import io.kriya.token.TokenVerdict;
import io.kriya.token.Tokens;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows a person themselves. */
@Path("/api/auth/user")
@Tag(name = "People")
public class UserResource {

    private final Tokens tokens;

    UserResource(Tokens tokens) {
        this.tokens = tokens;
    }

    @GET
    @PermitAll
    @RunOnVirtualThread
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "getUser", summary = "Show the person that a token belongs to")
    @Parameter(ref = "token")
    @APIResponse(responseCode = "200", description = "The person, as stored now.")
    @APIResponse(responseCode = "401", ref = "invalid_token")
    @APIResponse(responseCode = "422", ref = "invalid_request")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public UserView user(@BeanParam PresentedToken shown) {
        return TokenSecret.parse(shown.text())
                .map(tokens::judge)
                .flatMap(TokenVerdict::person)
                .map(UserView::of)
                .orElseThrow(() -> new Refusal(ErrorCode.INVALID_TOKEN));
    }
}
