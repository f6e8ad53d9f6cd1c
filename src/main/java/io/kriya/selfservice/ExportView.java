package io.kriya.selfservice;

import io.kriya.account.User;
import io.kriya.challenge.Challenge;
import io.kriya.device.Device;
import io.kriya.oauth.Grant;
import io.kriya.token.Token;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Everything that is stored of a user, but for hashes of secrets. */
@Schema(name = "Export")
public record ExportView(
        UserExport user,

        @Schema(description = "Login tokens, also those that have ended and are not cleaned up yet.")
        List<TokenExport> tokens,

        @Schema(description = "Grants of OAuth clients, also those that have ended and are not cleaned up yet.")
        List<GrantExport> grants,

        @Schema(description = "Devices that are known to the account.")
        List<DeviceExport> devices,

        @Schema(description = "Challenges of the user's number that are not cleaned up yet.")
        List<VerificationExport> verifications) {

    static final String DEVICE_ID = "The id of the known device, which may be gone, or null.";

    /** The row of the user. */
    @Schema(name = "UserExport", description = "The user.")
    public record UserExport(
            @Schema(description = "Never changes.", examples = "3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
            UUID id,

            @Schema(description = "In E.164 form.", examples = "+12025550100")
            String phoneNumber,

            @Schema(description = "The first name.", examples = "Ada")
            String firstName,

            @Schema(description = "The last name, or null.", nullable = true, examples = "Lovelace")
            String lastName,

            @Schema(
                    description = "The address that the user gave, or null.",
                    nullable = true,
                    examples = "a@example.com")
            String email,

            @Schema(
                    description = "The address that an operator has verified, or null.",
                    nullable = true,
                    examples = "a@example.com")
            String verifiedEmail,

            @Schema(
                    description = "The number that OAuth clients know the user by, or null.",
                    nullable = true,
                    examples = "42")
            Long numericId,

            @Schema(
                    description = "The handle that OAuth clients know the user by, or null.",
                    nullable = true,
                    examples = "ada-lovelace-k7m2x9qd")
            String handle,

            @Schema(description = "When the user registered, UTC.", examples = "2026-11-09T10:30:00.123456Z")
            Instant createdAt,

            @Schema(description = "When the user was last changed, UTC.", examples = "2026-11-09T10:30:00.123456Z")
            Instant updatedAt,

            @Schema(description = "When the user last logged in, UTC.", examples = "2026-11-09T10:30:00.123456Z")
            Instant lastLoginAt,

            @Schema(
                    description = "When an operator has invited the number, UTC, or null.",
                    nullable = true,
                    examples = "2026-11-01T09:00:00Z")
            Instant invitedAt) {

        static UserExport of(User user, Instant invitedAt) {
            return new UserExport(
                    user.id,
                    user.phoneNumber,
                    user.firstName,
                    user.lastName,
                    user.email,
                    user.verifiedEmail,
                    user.numericId,
                    user.handle,
                    user.createdAt,
                    user.updatedAt,
                    user.lastLoginAt,
                    invitedAt);
        }
    }

    /** A login token. */
    @Schema(name = "TokenExport", description = "A login token; the token itself is not stored.")
    public record TokenExport(
            @Schema(description = "The id of the session.", examples = SessionView.ID_EXAMPLE)
            UUID id,

            @Schema(description = SessionView.DEVICE, nullable = true, examples = SessionView.DEVICE_EXAMPLE)
            String device,

            @Schema(description = SessionView.ADDRESS, nullable = true, examples = SessionView.ADDRESS_EXAMPLE)
            String address,

            @Schema(description = ExportView.DEVICE_ID, nullable = true, examples = SessionView.ID_EXAMPLE)
            UUID deviceId,

            @Schema(description = SessionView.CREATED_AT, examples = SessionView.CREATED_AT_EXAMPLE)
            Instant createdAt,

            @Schema(
                    description = "The hour of the last use, UTC, or null.",
                    nullable = true,
                    examples = "2026-11-09T12:00:00Z")
            Instant lastUsedAt,

            @Schema(description = "When it expires, UTC.", examples = "2026-11-10T10:30:00.123456Z")
            Instant expiresAt,

            @Schema(description = "False after its end.", examples = "true")
            boolean isActive) {

        static TokenExport of(Token token) {
            return new TokenExport(
                    token.id,
                    token.device,
                    token.address,
                    token.deviceId,
                    token.createdAt,
                    token.lastUsedAt,
                    token.expiresAt,
                    token.isActive);
        }
    }

    /** A grant. */
    @Schema(name = "GrantExport", description = "A grant; its code and its access token are not stored.")
    public record GrantExport(
            @Schema(description = "The id of the session.", examples = SessionView.ID_EXAMPLE)
            UUID id,

            @Schema(description = "The OAuth client's id.", examples = "plane")
            String client,

            @Schema(
                    description = "Where the user was sent with the code.",
                    examples = "https://plane.example.com/auth/gitlab/callback/")
            String redirectUri,

            @Schema(description = SessionView.DEVICE, nullable = true, examples = SessionView.DEVICE_EXAMPLE)
            String device,

            @Schema(description = SessionView.ADDRESS, nullable = true, examples = SessionView.ADDRESS_EXAMPLE)
            String address,

            @Schema(description = ExportView.DEVICE_ID, nullable = true, examples = SessionView.ID_EXAMPLE)
            UUID deviceId,

            @Schema(description = SessionView.CREATED_AT, examples = SessionView.CREATED_AT_EXAMPLE)
            Instant createdAt,

            @Schema(description = "When its code expires, UTC.", examples = "2026-11-09T10:31:00.123456Z")
            Instant expiresAt,

            @Schema(
                    description = "When its access token expires, UTC; null without one.",
                    nullable = true,
                    examples = "2026-11-09T10:40:00.123456Z")
            Instant tokenExpiresAt,

            @Schema(
                    description = "When it was ended, UTC, or null.",
                    nullable = true,
                    examples = "2026-11-09T10:35:00.123456Z")
            Instant endedAt) {

        static GrantExport of(Grant grant) {
            return new GrantExport(
                    grant.id,
                    grant.clientId,
                    grant.redirectUri,
                    grant.device,
                    grant.address,
                    grant.deviceId,
                    grant.createdAt,
                    grant.expiresAt,
                    grant.tokenExpiresAt,
                    grant.endedAt);
        }
    }

    /** A known device. */
    @Schema(name = "DeviceExport", description = "A known device; its token is not stored.")
    public record DeviceExport(
            @Schema(description = "The id of the device.", examples = "7d9f1f6e-0a55-4c6f-8d0c-5b1f2f4f7a10")
            UUID id,

            @Schema(description = "When the user first logged in on it, UTC.", examples = "2026-11-09T10:30:00.123456Z")
            Instant createdAt,

            @Schema(description = "When the user last logged in on it, UTC.", examples = "2026-11-09T12:00:00.123456Z")
            Instant lastUsedAt,

            @Schema(description = "When it is forgotten, UTC.", examples = "2027-11-09T12:00:00.123456Z")
            Instant expiresAt) {

        static DeviceExport of(Device device) {
            return new DeviceExport(device.id, device.createdAt, device.lastUsedAt, device.expiresAt);
        }
    }

    /** A challenge. */
    @Schema(name = "VerificationExport", description = "A challenge; its code is not stored.")
    public record VerificationExport(
            @Schema(description = "The first name that was given, or null.", nullable = true, examples = "Ada")
            String firstName,

            @Schema(description = "The last name that was given, or null.", nullable = true, examples = "Lovelace")
            String lastName,

            @Schema(description = "The address that was given, or null.", nullable = true, examples = "a@example.com")
            String email,

            @Schema(description = "How many codes were tried.", examples = "1")
            int attempts,

            @Schema(description = "How many messages were sent.", examples = "1")
            int sends,

            @Schema(description = "When it began, UTC.", examples = "2026-11-09T10:30:00.123456Z")
            Instant createdAt,

            @Schema(description = "When its code expires, UTC.", examples = "2026-11-09T10:40:00.123456Z")
            Instant expiresAt,

            @Schema(
                    description = "When the number was verified, UTC, or null.",
                    nullable = true,
                    examples = "2026-11-09T10:31:00.123456Z")
            Instant endedAt,

            @Schema(
                    description = "When it was verified by the code of this challenge, UTC, or null.",
                    nullable = true,
                    examples = "2026-11-09T10:31:00.123456Z")
            Instant verifiedAt,

            @Schema(
                    description = "How the code was sent, `whatsapp` or `voice`; null for a text message.",
                    nullable = true,
                    examples = "voice")
            String channel,

            @Schema(description = "Whether it is uncertain that the last message was sent.", examples = "false")
            boolean isUnconfirmed) {

        static VerificationExport of(Challenge challenge) {
            return new VerificationExport(
                    challenge.firstName,
                    challenge.lastName,
                    challenge.email,
                    challenge.attempts,
                    challenge.sends,
                    challenge.createdAt,
                    challenge.expiresAt,
                    challenge.endedAt,
                    challenge.verifiedAt,
                    challenge.channel,
                    challenge.isUnconfirmed);
        }
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "ExportView";
    }
}
