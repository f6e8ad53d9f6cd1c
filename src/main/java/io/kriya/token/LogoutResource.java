package io.kriya.token;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Logs a user out. */
@Path("/api/auth/logout")
@Tag(name = "People")
public class LogoutResource {

    /** The response to a logout. */
    @Schema(name = "Logout")
    public record LogoutResponse(
            @Schema(description = "Always true.", examples = "true")
            boolean success,

            @Schema(description = "A human-readable sentence.", examples = "Logged out successfully")
            String message) {}

    private final Tokens tokens;

    LogoutResource(Tokens tokens) {
        this.tokens = tokens;
    }

    @DELETE
    @PermitAll
    @RunOnVirtualThread
    @SecurityRequirement(name = "bearer")
    @Operation(
            operationId = "logout",
            summary = "Log out",
            description = "Revokes this token and no other. An expired or revoked token is no error.")
    @Parameter(ref = "token")
    @APIResponse(responseCode = "200", description = "The token is revoked.")
    @APIResponse(responseCode = "404", ref = "token_not_found")
    @APIResponse(responseCode = "422", ref = "invalid_request")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public LogoutResponse logout(@BeanParam PresentedToken token) {
        if (!TokenSecret.parse(token.text()).map(tokens::revoke).orElse(false)) {
            throw new ProblemException(ErrorCode.TOKEN_NOT_FOUND);
        }
        return new LogoutResponse(true, "Logged out successfully");
    }
}
