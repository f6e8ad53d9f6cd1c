package io.kriya.account;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A person, as clients see them. */
@Schema(name = "User", description = "A person who registered.")
public record UserView(
        @Schema(description = "Never changes.", examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
        UUID id,

        @Schema(description = "In E.164 form.", pattern = PhoneNumber.PATTERN, examples = "+12025550100")
        String phoneNumber,

        @Schema(description = "What to call them.", minLength = 1, maxLength = 100, examples = "Ada")
        String firstName,

        @Schema(description = "Empty where there is none.", maxLength = 100, examples = "Lovelace")
        String lastName,

        @Schema(
                description =
                        "Null where there is none. As the person gave it; to Plane the one that is proven, where there is one.",
                nullable = true,
                maxLength = 254,
                examples = "ada@example.com")
        String email,

        @Schema(description = "When the person first registered, UTC.", examples = "2026-11-09T10:30:00.123456Z")
        Instant createdAt) {

    /** With another address, or with none. */
    public UserView withEmail(String other) {
        return new UserView(id, phoneNumber, firstName, lastName, other, createdAt);
    }

    public static UserView of(User user) {
        return of(user.id, user.phoneNumber, user.firstName, user.lastName, user.email, user.createdAt);
    }

    /** From the columns of the same names. */
    public static UserView of(
            UUID id, String phoneNumber, String firstName, String lastName, String email, Instant createdAt) {
        return new UserView(id, phoneNumber, firstName, lastName == null ? "" : lastName, email, createdAt);
    }
}
