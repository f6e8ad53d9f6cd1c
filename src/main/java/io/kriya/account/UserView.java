package io.kriya.account;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A user, as clients see it. */
@Schema(name = "User", description = "A registered user.")
public record UserView(
        @Schema(description = "Never changes.", examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
        UUID id,

        @Schema(description = "In E.164 form.", pattern = PhoneNumber.PATTERN, examples = "+12025550100")
        String phoneNumber,

        @Schema(description = "The first name.", minLength = 1, maxLength = 100, examples = "Ada")
        String firstName,

        @Schema(description = "The last name; empty if there is none.", maxLength = 100, examples = "Lovelace")
        String lastName,

        @Schema(
                description = "Null if there is none. The address that the user entered; Plane gets the verified"
                        + " address if there is one.",
                nullable = true,
                maxLength = 254,
                examples = "ada@example.com")
        String email,

        @Schema(description = "When the user registered, UTC.", examples = "2026-11-09T10:30:00.123456Z")
        Instant createdAt) {

    public UserView {
        lastName = lastName == null ? "" : lastName;
    }

    public static UserView of(User user) {
        return new UserView(user.id, user.phoneNumber, user.firstName, user.lastName, user.email, user.createdAt);
    }

    /** A copy with another e-mail address, or with null. */
    public UserView withEmail(String other) {
        return new UserView(id, phoneNumber, firstName, lastName, other, createdAt);
    }
}
