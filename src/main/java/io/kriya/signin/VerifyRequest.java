package io.kriya.signin;

import io.kriya.account.Profile;
import io.kriya.account.ProfileFields;
import io.kriya.account.ValidEmail;
import io.kriya.account.ValidName;
import io.kriya.account.Whitespace;
import io.kriya.challenge.ChallengeSecret;
import io.kriya.challenge.OneTimeCode;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The one-time code, and a new user's profile. White space around names and e-mail is dropped. */
public record VerifyRequest(
        @Schema(description = "The `id` in the response of register.", examples = "q3Zk0vJmT1n8bXc5Yd7LrA2sEoWfHuGi")
        @NotNull(message = "is required")
        String verificationId,

        @Schema(
                description = "Six digits, of any script; or the message, or its last line, with one such code.",
                examples = "123456")
        @NotNull(message = "is required")
        @ValidCode
        String code,

        @Schema(
                description =
                        ProfileFields.FIRST_NAME + " Required for a new user whose name was not given to register.",
                nullable = true,
                minLength = 1,
                maxLength = ProfileFields.NAME_LENGTH,
                examples = "Ada")
        @ValidName(min = 1)
        String firstName,

        @Schema(
                description = ProfileFields.LAST_NAME + " Replaces the one given to register.",
                nullable = true,
                maxLength = ProfileFields.NAME_LENGTH,
                examples = "Lovelace")
        @ValidName(min = 0)
        String lastName,

        @Schema(
                description = ProfileFields.EMAIL + " Replaces the one given to register.",
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

    public VerifyRequest {
        firstName = Whitespace.trim(firstName);
        lastName = Whitespace.trim(lastName);
        email = Whitespace.trim(email);
    }

    ChallengeSecret secret() {
        return ResendRequest.secret(verificationId);
    }

    Profile profile() {
        return new Profile(firstName, lastName, email);
    }

    OneTimeCode oneTimeCode() {
        return OneTimeCode.parse(code).orElseThrow();
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "VerifyRequest";
    }
}
