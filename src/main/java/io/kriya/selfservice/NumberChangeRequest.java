package io.kriya.selfservice;

import io.kriya.account.ValidPhoneNumber;
import io.kriya.signin.ValidCode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The code that was sent to the new number; or that number itself, where Kriya verifies none. */
public record NumberChangeRequest(
        @Schema(
                description = "The `id` in the response that sent the code. Required with `PHONE_VERIFICATION=sms`.",
                nullable = true,
                examples = "q3Zk0vJmT1n8bXc5Yd7LrA2sEoWfHuGi")
        String verificationId,

        @Schema(
                description = "Six digits, as for verify. Required with `PHONE_VERIFICATION=sms`.",
                nullable = true,
                examples = "123456")
        @ValidCode
        String code,

        @Schema(
                description = "The new number, as for register. Required with `PHONE_VERIFICATION=none`, else ignored.",
                nullable = true,
                examples = "+1 202-555-0100")
        @ValidPhoneNumber
        String phoneNumber) {

    /** Redacted. */
    @Override
    public String toString() {
        return "NumberChangeRequest";
    }
}
