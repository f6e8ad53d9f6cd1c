package io.kriya.selfservice;

import io.kriya.account.Profile;
import io.kriya.account.ValidEmail;
import io.kriya.account.ValidName;
import io.kriya.account.Whitespace;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a user changes of their profile. White space around names and e-mail is dropped. */
public record ProfileRequest(
        @Schema(
                description = "Without control characters. Missing or null keeps the stored name.",
                nullable = true,
                minLength = 1,
                maxLength = 100,
                examples = "Ada")
        @ValidName(min = 1)
        String firstName,

        @Schema(
                description = "Without control characters. Missing or null keeps the stored name, empty clears it.",
                nullable = true,
                maxLength = 100,
                examples = "Lovelace")
        @ValidName(min = 0)
        String lastName,

        @Schema(
                description =
                        "Not under `kriya.local`. Missing or null keeps the stored address, empty clears it. It is"
                                + " not verified.",
                nullable = true,
                maxLength = 254,
                examples = "ada@example.com")
        @ValidEmail
        String email) {

    public ProfileRequest {
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
        return "ProfileRequest";
    }
}
