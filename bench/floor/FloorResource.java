package io.kriya.plane;

import io.kriya.account.UserView;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The JSON of validate-token, in and out, and nothing else. It exists in the benchmark's build alone. */
@Path("/bench/floor")
public class FloorResource {

    private static final ValidateTokenResponse ANSWER = new ValidateTokenResponse(
            true,
            new UserView(
                    UUID.fromString("00000000-0000-4000-8000-000000000001"),
                    "+12000000001",
                    "Ada",
                    "Lovelace",
                    null,
                    Instant.parse("2026-01-01T00:00:00.123456Z")),
            ValidateTokenResponse.VALID_MESSAGE);

    @POST
    @PermitAll
    @NonBlocking
    @Operation(hidden = true)
    public ValidateTokenResponse floor(ValidateTokenRequest request) {
        return ANSWER;
    }
}
