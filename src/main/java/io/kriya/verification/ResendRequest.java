package io.kriya.verification;

import io.kriya.error.ErrorCode;
import io.kriya.error.Refusal;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which code is to be sent again. */
public record ResendRequest(
        @Schema(description = "The `id` that register answered.", examples = "q3Zk0vJmT1n8bXc5Yd7LrA2sEoWfHuGi")
        @NotNull(message = "is required")
        String verificationId) {

    VerificationId id() {
        return VerificationId.parse(verificationId).orElseThrow(() -> new Refusal(ErrorCode.VERIFICATION_OVER));
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "ResendRequest";
    }
}
