package io.kriya.selfservice;

import io.kriya.account.PhoneConfig;
import io.kriya.account.PhonePolicy;
import io.kriya.account.UserView;
import io.kriya.signin.Callers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Changes a user's own account. */
@Path("/api/auth/user")
@PermitAll
@RunOnVirtualThread
@Tag(name = "People")
public class OwnAccountResource {

    private final HolderAuthenticator holders;
    private final OwnAccount account;
    private final PhonePolicy phones;
    private final Callers callers;
    private final boolean verifies;

    OwnAccountResource(
            HolderAuthenticator holders, OwnAccount account, PhonePolicy phones, Callers callers, PhoneConfig config) {
        this.holders = holders;
        this.account = account;
        this.phones = phones;
        this.callers = callers;
        verifies = config.isVerified();
    }

    @PATCH
    @SecurityRequirement(name = "loginToken")
    @Operation(
            operationId = "updateUser",
            summary = "Change the profile",
            description = "Changes names and e-mail address. The verified address, which operators set, stays.")
    @APIResponse(responseCode = "200", description = "The user, as stored now.")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public UserView update(
            @RequestBody(required = true) @NotNull @Valid ProfileRequest request, @Context HttpServerRequest http) {
        return account.update(holders.of(http), request.profile());
    }

    @PUT
    @Path("phone-number")
    @SecurityRequirement(name = "loginToken")
    @Operation(
            operationId = "changePhoneNumber",
            summary = "Change the phone number",
            description = "With `PHONE_VERIFICATION=sms` to the number that the code was sent to; with `none` to"
                    + " `phone_number`, which the front end has to verify. A number of another account gets 409.")
    @APIResponse(responseCode = "200", description = "The user, as stored now.")
    @APIResponse(responseCode = "401", ref = "wrong_code")
    @APIResponse(responseCode = "403", ref = "registration_closed")
    @APIResponse(responseCode = "409", ref = "phone_number_taken")
    @APIResponse(responseCode = "410", ref = "verification_over")
    @APIResponse(responseCode = "429", ref = "too_many_requests")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public UserView changeNumber(
            @RequestBody(required = true) @NotNull @Valid NumberChangeRequest request,
            @Context HttpServerRequest http) {
        Holder holder = holders.of(http);
        return verifies
                ? account.changeNumber(holder, CodeProof.of(request.verificationId(), request.code()), callers.of(http))
                : account.changeNumber(
                        holder,
                        phones.read(CodeProof.required("phone_number", request.phoneNumber()))
                                .number()
                                .orElseThrow());
    }
}
