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
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Changes, exports and erases a user's own account. */
@Path("/api/auth/user")
@PermitAll
@RunOnVirtualThread
@Tag(name = "People")
public class OwnAccountResource {

    private final HolderAuthenticator holders;
    private final OwnAccount account;
    private final AccountExport export;
    private final PhonePolicy phones;
    private final Callers callers;
    private final boolean verifies;

    OwnAccountResource(
            HolderAuthenticator holders,
            OwnAccount account,
            AccountExport export,
            PhonePolicy phones,
            Callers callers,
            PhoneConfig config) {
        this.holders = holders;
        this.account = account;
        this.export = export;
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

    @GET
    @Path("export")
    @SecurityRequirement(name = "loginToken")
    @Operation(
            operationId = "exportUser",
            summary = "Export the account",
            description = "Everything that is stored of the token's user, but for hashes of secrets.")
    @APIResponse(responseCode = "200", description = "What is stored now.")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public ExportView export(@Context HttpServerRequest http) {
        return export.of(holders.of(http));
    }

    @DELETE
    @SecurityRequirement(name = "loginToken")
    @Operation(
            operationId = "eraseUser",
            summary = "Erase the account",
            description = "Erases the token's user and everything that is stored of them, at once and for good."
                    + " All their tokens and grants end. With `PHONE_VERIFICATION=sms` it needs a fresh code:"
                    + " call register with the user's own number, and send its code here. With `none` the token is"
                    + " enough, and the body may be missing.")
    @APIResponse(responseCode = "200", description = "The account is erased.")
    @APIResponse(responseCode = "401", ref = "wrong_code")
    @APIResponse(responseCode = "410", ref = "verification_over")
    @APIResponse(responseCode = "429", ref = "too_many_requests")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public Done erase(@RequestBody @Valid ErasureRequest request, @Context HttpServerRequest http) {
        Holder holder = holders.of(http);
        if (verifies) {
            ErasureRequest given = request == null ? new ErasureRequest(null, null) : request;
            account.erase(holder, CodeProof.of(given.verificationId(), given.code()), callers.of(http));
        } else {
            account.erase(holder);
        }
        return Done.of("Account erased");
    }
}
