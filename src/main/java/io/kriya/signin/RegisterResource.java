package io.kriya.signin;

import io.kriya.account.PhoneConfig;
import io.kriya.account.PhoneNumber;
import io.kriya.account.PhonePolicy;
import io.kriya.challenge.Challenges;
import io.kriya.http.address.ClientOrigins;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
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
import org.jboss.resteasy.reactive.RestResponse;

/** Registers a user or logs them in; with {@code PHONE_VERIFICATION=sms}, sends a code instead. */
@Path("/api/auth/register")
@Tag(name = "People")
public class RegisterResource {

    private final SignIn signIn;
    private final Challenges challenges;
    private final Callers callers;
    private final Clock clock;
    private final ClientOrigins origins;
    private final PhonePolicy phones;
    private final boolean verifies;

    RegisterResource(
            SignIn signIn,
            Challenges challenges,
            Callers callers,
            ClientOrigins origins,
            PhonePolicy phones,
            PhoneConfig config,
            Clock clock) {
        this.signIn = signIn;
        this.challenges = challenges;
        this.callers = callers;
        this.origins = origins;
        this.clock = clock;
        this.phones = phones;
        verifies = config.isVerified();
    }

    @POST
    @PermitAll
    @RunOnVirtualThread
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "register",
            summary = "Register or log in",
            description =
                    "With `PHONE_VERIFICATION=none`: finds or creates the user of this number and issues a token, 200. Names and"
                            + " e-mail replace the stored ones. **The number is not verified**: let only a"
                            + " front end that verifies it reach this route.\n\n"
                            + "With `PHONE_VERIFICATION=sms`: sends a code to the phone, 202. Names and e-mail are stored once"
                            + " `POST /api/auth/verify` gets the right code. The response does not reveal whether the"
                            + " number is known.")
    @Parameter(ref = "idempotencyKey")
    @APIResponse(
            responseCode = "200",
            description = "Registered or logged in; `message` says which.",
            content = @Content(schema = @Schema(ref = "RegisterAnswer")))
    @APIResponse(
            responseCode = "202",
            description = "A code was sent.",
            content = @Content(schema = @Schema(ref = "RegisterAnswer")))
    @APIResponse(responseCode = "403", ref = "registration_closed")
    @APIResponse(responseCode = "410", ref = "verification_over")
    @APIResponse(responseCode = "429", ref = "too_many_requests")
    @APIResponse(responseCode = "503", ref = "sms_unavailable")
    public RestResponse<Object> register(
            @RequestBody(required = true) @NotNull @Valid RegisterRequest request, @Context HttpServerRequest http) {
        PhoneNumber phone = phones.read(request.phoneNumber()).number().orElseThrow();
        return verifies
                ? RestResponse.accepted(VerificationResponse.of(
                        challenges.begin(phone, request.profile(), callers.of(http, request.deviceToken())),
                        clock.instant()))
                : RestResponse.ok(SessionResponse.of(signIn.register(phone, request.profile(), origins.of(http))));
    }
}
