package io.kriya.selfservice;

import io.kriya.account.ValidPhoneNumber;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The number that a code is to be sent to. */
public record NumberRequest(
        @Schema(description = "The new number, as for register.", examples = "+1 202-555-0100")
        @NotNull(message = "is required")
        @ValidPhoneNumber
        String phoneNumber) {

    /** Redacted. */
    @Override
    public String toString() {
        return "NumberRequest";
    }
}
