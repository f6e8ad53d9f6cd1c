package io.kriya.signin;

import io.kriya.challenge.ChallengeException;
import io.kriya.challenge.ChallengeFailure;
import io.kriya.challenge.ChallengeSecret;
import io.kriya.sms.Channel;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The challenge whose code is to be sent again. */
public record ResendRequest(
        @Schema(description = "The `id` in the response of register.", examples = "q3Zk0vJmT1n8bXc5Yd7LrA2sEoWfHuGi")
        @NotNull(message = "is required")
        String verificationId,

        @Schema(
                description =
                        "The `device_token` of an earlier verify on this device, which then has rate limits of its"
                                + " own. Anything else is ignored.",
                nullable = true,
                examples = "kriya_device_q3Zk0vJmT1n8bXc5Yd7LrA2sEoWfHuGi")
        String deviceToken,

        @Schema(
                description =
                        "How to send it. Missing or null: as usual for the country. Only a channel that the operator"
                                + " has configured.",
                nullable = true,
                enumeration = {"sms", "whatsapp", "voice"},
                examples = "sms")
        @Pattern(regexp = "sms|whatsapp|voice", message = "is not sms, whatsapp or voice")
        String channel) {

    ChallengeSecret secret() {
        return secret(verificationId);
    }

    Optional<Channel> askedChannel() {
        return Channel.parse(channel);
    }

    static ChallengeSecret secret(String shown) {
        return ChallengeSecret.parse(shown).orElseThrow(() -> new ChallengeException(new ChallengeFailure.Over()));
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "ResendRequest";
    }
}
