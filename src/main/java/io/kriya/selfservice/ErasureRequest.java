package io.kriya.selfservice;

import io.kriya.signin.ValidCode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The code that was sent to the user's own number. */
public record ErasureRequest(
        @Schema(
                description = "The `id` in the response of register. Required with `PHONE_VERIFICATION=sms`.",
                nullable = true,
                examples = "q3Zk0vJmT1n8bXc5Yd7LrA2sEoWfHuGi")
        String verificationId,

        @Schema(
                description = "Six digits, as for verify. Required with `PHONE_VERIFICATION=sms`.",
                nullable = true,
                examples = "123456")
        @ValidCode
        String code) {

    /** Redacted. */
    @Override
    public String toString() {
        return "ErasureRequest";
    }
}
