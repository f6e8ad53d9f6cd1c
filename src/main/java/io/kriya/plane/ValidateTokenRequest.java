package io.kriya.plane;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.error.Violation;
import io.kriya.validation.ViolationCode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A token that was presented to Plane. It is validated by hand, as Bean Validation costs more than the rest. */
@Schema(requiredProperties = "token")
public record ValidateTokenRequest(
        @Schema(
                description = "Any text; if it is not a token, the response is that to an unknown token.",
                examples = "kriya_3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
        String token) {

    /** @throws ProblemException if there is no body or no token */
    static String token(ValidateTokenRequest request) {
        if (request == null || request.token == null) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    new Violation(request == null ? "body" : "token", ViolationCode.REQUIRED, "is required"));
        }
        return request.token;
    }

    /** Masked. */
    @Override
    public String toString() {
        return "ValidateTokenRequest";
    }
}
