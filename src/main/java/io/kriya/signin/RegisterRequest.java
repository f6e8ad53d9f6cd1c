package io.kriya.signin;

import io.kriya.account.Profile;
import io.kriya.account.ProfileFields;
import io.kriya.account.ValidEmail;
import io.kriya.account.ValidName;
import io.kriya.account.ValidPhoneNumber;
import io.kriya.account.Whitespace;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A user who registers or logs in. White space around names and e-mail is dropped. */
public record RegisterRequest(
        @Schema(
                description =
                        "International form, as people type or paste it: white space, dashes, `.`, `(`, `)`, direction"
                                + " marks, `tel:` and `(0)` after the country code are dropped; digits of every script are"
                                + " accepted. `+` and 10 to 15 digits must remain, the first not 0. All spellings of a"
                                + " number are one. With `PHONE_VERIFICATION=sms` it must be a valid mobile number.",
                examples = "+1 202-555-0100")
        @NotNull(message = "is required")
        @ValidPhoneNumber
        String phoneNumber,

        @Schema(
                description = ProfileFields.FIRST_NAME
                        + " Required with `PHONE_VERIFICATION=none`; with `sms` it may come with the code.",
                minLength = 1,
                maxLength = ProfileFields.NAME_LENGTH,
                examples = "Ada")
        @RequiredWithoutVerification
        @ValidName(min = 1)
        String firstName,

        @Schema(
                description = ProfileFields.STORED_LAST_NAME,
                nullable = true,
                maxLength = ProfileFields.NAME_LENGTH,
                examples = "Lovelace")
        @ValidName(min = 0)
        String lastName,

        @Schema(
                description = ProfileFields.STORED_EMAIL,
                nullable = true,
                maxLength = ProfileFields.EMAIL_LENGTH,
                examples = "ada@example.com")
        @ValidEmail
        String email,

        @Schema(
                description =
                        "The `device_token` of an earlier verify on this device, which then has rate limits of its"
                                + " own. Anything else is ignored.",
                nullable = true,
                examples = "kriya_device_q3Zk0vJmT1n8bXc5Yd7LrA2sEoWfHuGi")
        String deviceToken) {

    public RegisterRequest {
        firstName = Whitespace.trim(firstName);
        lastName = Whitespace.trim(lastName);
        email = Whitespace.trim(email);
    }

    Profile profile() {
        return new Profile(firstName, lastName, email);
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "RegisterRequest";
    }
}
