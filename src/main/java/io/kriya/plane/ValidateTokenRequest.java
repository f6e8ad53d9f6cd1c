package io.kriya.plane;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A token that was presented to Plane. */
public record ValidateTokenRequest(
        @Schema(
                description = "Any text; if it is not a token, the response is that to an unknown token.",
                examples = "kriya_3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
        @NotNull(message = "is required")
        String token) {

    /** Masked. */
    @Override
    public String toString() {
        return "ValidateTokenRequest";
    }
}
