package io.kriya.selfservice;

import io.kriya.account.Profile;
import io.kriya.account.ProfileFields;
import io.kriya.account.ValidEmail;
import io.kriya.account.ValidName;
import io.kriya.account.Whitespace;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a user changes of their profile. White space around names and e-mail is dropped. */
public record ProfileRequest(
        @Schema(
                description = ProfileFields.FIRST_NAME + " Missing or null keeps the stored name.",
                nullable = true,
                minLength = 1,
                maxLength = ProfileFields.NAME_LENGTH,
                examples = "Ada")
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
