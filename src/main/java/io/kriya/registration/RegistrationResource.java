package io.kriya.registration;

import io.kriya.database.Deadline;
import io.kriya.token.Tokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Registers a person or logs them in. */
// Its counters are there from the start, at 0.
@Startup
@Path("/api/auth/register")
@Tag(name = "People")
public class RegistrationResource {

    private final Registration registration;
    private final Tokens tokens;
    private final Counter created;
    private final Counter known;

    RegistrationResource(Registration registration, Tokens tokens, MeterRegistry meters) {
        this.registration = registration;
        this.tokens = tokens;
        created = counter("created", meters);
        known = counter("known", meters);
    }

    private static Counter counter(String result, MeterRegistry meters) {
        return Counter.builder("kriya.registrations")
                .description("People registered (created) or logged in (known).")
                .tag("result", result)
                .register(meters);
    }

    @POST
    @PermitAll
    @RunOnVirtualThread
    @Deadline
    @Operation(
            operationId = "register",
            summary = "Register or log in",
            description =
                    "Makes the person of this phone number if there is none, and issues one more token in any case."
                            + " Names and e-mail given replace what is stored. **The number is not verified here**: let only a front"
                            + " end that proves it reach this.")
    @APIResponse(responseCode = "200", description = "Registered or logged in; `message` says which.")
    @APIResponse(responseCode = "413", ref = "payload_too_large")
    @APIResponse(responseCode = "415", ref = "unsupported_media_type")
    @APIResponse(responseCode = "422", ref = "invalid_request")
    @APIResponse(responseCode = "503", ref = "database_unavailable")
    public RegisterResponse register(@RequestBody(required = true) @NotNull @Valid RegisterRequest request) {
        RegisterResponse response = registration.register(request);
        if (response.message().equals(RegisterResponse.REGISTERED)) {
            created.increment();
        } else {
            known.increment();
            tokens.changed(response.user().id());
        }
        return response;
    }
}
