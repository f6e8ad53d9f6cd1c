package io.kriya.signin;

import io.kriya.challenge.Challenges;
import io.kriya.http.address.ClientOrigins;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Verifies one-time codes and sends them again. With {@code PHONE_VERIFICATION=none} these routes are 404. */
@Path("/api/auth/verify")
@RequiresSms
@Tag(name = "People")
public class VerifyResource {

    private final Challenges challenges;
    private final SignIn signIn;
    private final Callers callers;
    private final ClientOrigins origins;
    private final Clock clock;

    VerifyResource(Challenges challenges, SignIn signIn, Callers callers, ClientOrigins origins, Clock clock) {
        this.challenges = challenges;
        this.signIn = signIn;
        this.callers = callers;
        this.origins = origins;
        this.clock = clock;
    }

    @POST
    @PermitAll
    @RunOnVirtualThread
    @Operation(
            operationId = "verify",
            summary = "Verify a code",
            description = "Only with `PHONE_VERIFICATION=sms`; else 404. The right code registers the user or logs"
                    + " them in; the response is that of register with `PHONE_VERIFICATION=none`, and"
                    + " `device_token`: keep it, and send it with register, resend and verify. A challenge that is"
                    + " unknown, used or expired, or takes no more codes, gets 410. With `Idempotency-Key`, a request"
                    + " that is sent again within a minute gets the same response.")
    @Parameter(ref = "idempotencyKey")
    @APIResponse(responseCode = "200", description = "Registered or logged in; `message` says which.")
    @APIResponse(responseCode = "401", ref = "wrong_code")
    @APIResponse(responseCode = "404", ref = "not_found")
    @APIResponse(responseCode = "410", ref = "verification_over")
    @APIResponse(responseCode = "429", ref = "too_many_requests")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public SessionResponse verify(
            @RequestBody(required = true) @NotNull @Valid VerifyRequest request, @Context HttpServerRequest http) {
        return SessionResponse.of(signIn.verify(
                request.secret(),
                request.oneTimeCode(),
                request.profile(),
                callers.of(http, request.deviceToken()),
                origins.of(http)));
    }

    @POST
    @Path("resend")
    @PermitAll
    @RunOnVirtualThread
    @ResponseStatus(202)
    @Operation(
            operationId = "resend",
            summary = "Send the code again",
            description = "Only with `PHONE_VERIFICATION=sms`; else 404. Sends the same code, after growing delays:"
                    + " see `resend_at`. With `channel` over another one, such as a call.")
    @Parameter(ref = "idempotencyKey")
    @APIResponse(
            responseCode = "202",
            description = "The code was sent.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = VerificationResponse.class)))
    @APIResponse(responseCode = "404", ref = "not_found")
    @APIResponse(responseCode = "410", ref = "verification_over")
    @APIResponse(responseCode = "429", ref = "resend_too_early")
    @APIResponse(responseCode = "503", ref = "sms_unavailable")
    public VerificationResponse resend(
            @RequestBody(required = true) @NotNull @Valid ResendRequest request, @Context HttpServerRequest http) {
        return VerificationResponse.of(
                challenges.resend(request.secret(), request.askedChannel(), callers.of(http, request.deviceToken())),
                clock.instant());
    }
}
