package io.kriya.signin;

import io.kriya.challenge.ChallengeSecret;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which code is to be sent again. */
public record ResendRequest(
        @Schema(description = "The `id` that register answered.", examples = "q3Zk0vJmT1n8bXc5Yd7LrA2sEoWfHuGi")
        @NotNull(message = "is required")
        String verificationId) {

    ChallengeSecret id() {
        return ChallengeSecret.parse(verificationId)
                .orElseThrow(() -> new ProblemException(ErrorCode.VERIFICATION_OVER));
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "ResendRequest";
    }
}
