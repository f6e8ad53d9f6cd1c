package io.kriya.selfservice;

import io.kriya.account.PhoneNumber;
import io.kriya.account.PhonePolicy;
import io.kriya.account.Profile;
import io.kriya.challenge.Challenges;
import io.kriya.signin.Callers;
import io.kriya.signin.RequiresSms;
import io.kriya.signin.VerificationResponse;
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
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Sends a code to the number that a user changes to. With {@code PHONE_VERIFICATION=none} it is 404. */
@Path("/api/auth/user/phone-number/code")
@RequiresSms
@Tag(name = "People")
public class NumberCodeResource {

    private final HolderAuthenticator holders;
    private final Challenges challenges;
    private final PhonePolicy phones;
    private final Callers callers;
    private final Clock clock;

    NumberCodeResource(
            HolderAuthenticator holders, Challenges challenges, PhonePolicy phones, Callers callers, Clock clock) {
        this.holders = holders;
        this.challenges = challenges;
        this.phones = phones;
        this.callers = callers;
        this.clock = clock;
    }

    @POST
    @PermitAll
    @RunOnVirtualThread
    @ResponseStatus(202)
    @SecurityRequirement(name = "loginToken")
    @Operation(
            operationId = "sendNumberCode",
            summary = "Send a code to a new number",
            description = "Only with `PHONE_VERIFICATION=sms`; else 404. The code changes the number by"
                    + " `PUT /api/auth/user/phone-number`; `POST /api/auth/verify/resend` sends it again. The"
                    + " response does not reveal whether the number is known.")
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
    @APIResponse(responseCode = "429", ref = "too_many_requests")
    @APIResponse(responseCode = "503", ref = "sms_unavailable")
    public VerificationResponse send(
            @RequestBody(required = true) @NotNull @Valid NumberRequest request, @Context HttpServerRequest http) {
        holders.of(http);
        PhoneNumber phone = phones.read(request.phoneNumber()).number().orElseThrow();
        return VerificationResponse.of(challenges.begin(phone, Profile.EMPTY, callers.of(http)), clock.instant());
    }
}
