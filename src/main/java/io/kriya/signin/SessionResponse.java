package io.kriya.signin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kriya.account.UserView;
import io.kriya.device.DeviceSecret;
import io.kriya.token.TokenSecret;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new token and its user. */
@Schema(
        name = "RegisterResponse",
        requiredProperties = {"success", "message", "token", "user", "expires_at"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record SessionResponse(
        @Schema(description = "Always true.", examples = "true")
        boolean success,

        @Schema(
                description = "Whether the number was known.",
                enumeration = {SessionResponse.REGISTERED, SessionResponse.LOGGED_IN},
                examples = SessionResponse.REGISTERED)
        String message,

        @Schema(
                description = "A bearer token. Keep it like a password.",
                pattern = TokenSecret.PATTERN,
                examples = "kriya_3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11")
        String token,

        UserView user,

        @Schema(description = "When the token expires, UTC.", examples = "2026-11-10T10:30:00.123456Z")
        Instant expiresAt,

        @Schema(
                description =
                        "Only in the response of verify: what makes this device a known one of the user, for a year"
                                + " after the last login. Send it with register, resend and verify. It logs nobody in.",
                pattern = DeviceSecret.PATTERN,
                examples = "kriya_device_q3Zk0vJmT1n8bXc5Yd7LrA2sEoWfHuGi")
        String deviceToken) {

    static final String REGISTERED = "Registration successful";
    static final String LOGGED_IN = "Login successful";

    static SessionResponse of(SignIn.Session session) {
        return new SessionResponse(
                true,
                session.isNew() ? REGISTERED : LOGGED_IN,
                session.secret().reveal(),
                UserView.of(session.user()),
                session.expiresAt(),
                session.device().map(DeviceSecret::reveal).orElse(null));
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "SessionResponse";
    }
}
