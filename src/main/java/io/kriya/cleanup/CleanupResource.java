package io.kriya.cleanup;

import io.kriya.apikey.RequiresApiKey;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Deletes expired tokens on request, without retention. */
@Path("/api/auth/cleanup-tokens")
@Tag(name = "Maintenance")
public class CleanupResource {

    /** The response to a clean-up. */
    @Schema(name = "Cleanup")
    public record CleanupResponse(
            @Schema(description = "Always true.", examples = "true")
            boolean success,

            @Schema(description = "A human-readable sentence.", examples = "Cleaned up 3 expired tokens")
            String message) {}

    private final Cleanup cleanup;

    CleanupResource(Cleanup cleanup) {
        this.cleanup = cleanup;
    }

    @POST
    @RequiresApiKey
    @RunOnVirtualThread
    @SecurityRequirement(name = "apiKey")
    @Operation(
            operationId = "cleanupTokens",
            summary = "Delete expired tokens",
            description = "Deletes all expired tokens at once, whatever `TOKEN_RETENTION_HOURS` is."
                    + " A scheduled clean-up also runs, every hour by default. A body is ignored.")
    @APIResponse(responseCode = "200", description = "The number of deleted tokens.")
    @APIResponse(responseCode = "403", ref = "invalid_api_key")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public CleanupResponse cleanUp() {
        return new CleanupResponse(
                true, "Cleaned up " + cleanup.run(CleanupTask.tokens(Duration.ZERO)) + " expired tokens");
    }
}
