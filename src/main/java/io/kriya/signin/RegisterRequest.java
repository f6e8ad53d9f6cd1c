package io.kriya.signin;

import io.kriya.account.Profile;
import io.kriya.account.Text;
import io.kriya.account.ValidEmail;
import io.kriya.account.ValidName;
import io.kriya.account.ValidPhoneNumber;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A user who registers or logs in. White space around names and e-mail is dropped. */
public record RegisterRequest(
        @Schema(
                description =
                        "International form. Blanks, `-`, `.`, `(` and `)` are dropped and the digits of every script"
                                + " are understood; then `+` and 10 to 15 digits, the first not 0, have to be left. With"
                                + " `PHONE_VERIFICATION=sms` it has to be a mobile number that there can be.",
                examples = "+1 202-555-0100")
        @NotNull(message = "is required")
        @ValidPhoneNumber
        String phoneNumber,

        @Schema(
                description =
                        "Without control characters. Required with `PHONE_VERIFICATION=none`; with `sms` it may be"
                                + " given with the code.",
                minLength = 1,
                maxLength = 100,
                examples = "Ada")
        @RequiredWithoutVerification
        @ValidName(min = 1)
        String firstName,

        @Schema(
                description = "Without control characters. Missing or null leaves what is stored, empty clears it.",
                nullable = true,
                maxLength = 100,
                examples = "Lovelace")
        @ValidName(min = 0)
        String lastName,

        @Schema(
                description =
                        "An address other than under `kriya.local`. Missing or null leaves what is stored, empty clears"
                                + " it. Nobody proves it.",
                nullable = true,
                maxLength = 254,
                examples = "ada@example.com")
        @ValidEmail
        String email) {

    public RegisterRequest {
        firstName = Text.trim(firstName);
        lastName = Text.trim(lastName);
        email = Text.trim(email);
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
