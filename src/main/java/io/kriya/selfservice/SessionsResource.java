package io.kriya.selfservice;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows and ends the sessions of a user. */
@Path("/api/auth/sessions")
@PermitAll
@RunOnVirtualThread
@Tag(name = "People")
public class SessionsResource {

    /** The sessions of a user. */
    @Schema(name = "Sessions")
    public record SessionsResponse(
            @Schema(description = "Those that are valid, the latest first; at most 500 of each client.")
            List<SessionView> sessions) {}

    private final HolderAuthenticator holders;
    private final Sessions sessions;

    SessionsResource(HolderAuthenticator holders, Sessions sessions) {
        this.holders = holders;
        this.sessions = sessions;
    }

    @GET
    @SecurityRequirement(name = "loginToken")
    @Operation(operationId = "sessions", summary = "Show the sessions of a user")
    @APIResponse(responseCode = "200", description = "The valid sessions of the token's user.")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public SessionsResponse sessions(@Context HttpServerRequest http) {
        return new SessionsResponse(sessions.of(holders.of(http)));
    }

    @DELETE
    @SecurityRequirement(name = "loginToken")
    @Operation(
            operationId = "endOtherSessions",
            summary = "End all other sessions, and revoke all devices",
            description = "Ends every session of the token's user but that of this token.")
    @APIResponse(responseCode = "200", description = "They are ended; `message` has their number.")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public Done endOthers(@Context HttpServerRequest http) {
        return Done.of("Ended %d other sessions".formatted(sessions.endOthers(holders.of(http))));
    }

    @DELETE
    @Path("{id}")
    @SecurityRequirement(name = "loginToken")
    @Operation(
            operationId = "endSession",
            summary = "End a session, and revoke its device",
            description = "Ends a session of the token's user, which may be that of this token, and revokes the known"
                    + " device of its login: it shares the rate limits of strangers until the next login on it.")
    @APIResponse(responseCode = "200", description = "It is ended.")
    @APIResponse(responseCode = "404", ref = "session_not_found")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public Done end(
            @Parameter(description = "The `id` of the session.", example = "7d9f1f6e-0a55-4c6f-8d0c-5b1f2f4f7a10")
                    @PathParam("id")
                    String id,
            @Context HttpServerRequest http) {
        Holder holder = holders.of(http);
        UUID session = uuid(id).orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND));
        if (!sessions.end(holder, session)) {
            throw new ProblemException(ErrorCode.SESSION_NOT_FOUND);
        }
        return Done.of("Session ended");
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
