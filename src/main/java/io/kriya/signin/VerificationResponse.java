package io.kriya.signin;

import io.kriya.account.PhoneNumber;
import io.kriya.challenge.ChallengeSecret;
import io.kriya.challenge.OpenChallenge;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A code was sent. */
@Schema(name = "VerificationResponse")
@RegisterForReflection
public record VerificationResponse(
        @Schema(description = "Always true.", examples = "true")
        boolean success,

        @Schema(
                description = "Always this sentence.",
                enumeration = VerificationResponse.SENT,
                examples = VerificationResponse.SENT)
        String message,

        VerificationView verification) {

    /** The value of {@code message}. */
    public static final String SENT = "Verification code sent";

    /** What a client needs to verify the code, or to have it sent again. */
    @Schema(name = "Verification", description = "An open challenge.")
    @RegisterForReflection
    public record VerificationView(
            @Schema(
                    description = "A secret of this client: the code can't be used without it.",
                    pattern = ChallengeSecret.PATTERN,
                    examples = "q3Zk0vJmT1n8bXc5Yd7LrA2sEoWfHuGi")
            String id,

            @Schema(description = "In E.164 form.", pattern = PhoneNumber.PATTERN, examples = "+12025550100")
            String phoneNumber,

            @Schema(description = "When the code expires, UTC.", examples = "2026-11-09T10:40:00.123456Z")
            Instant expiresAt,

            @Schema(description = "The same in seconds from now.", minimum = "0", examples = "600")
            long expiresIn,

            @Schema(description = "When the code may be sent again, UTC.", examples = "2026-11-09T10:30:30.123456Z")
            Instant resendAt,

            @Schema(
                    description = "The same in seconds from now, as the client's clock may be wrong.",
                    minimum = "0",
                    examples = "30")
            long resendIn,

            @Schema(description = "The number of attempts that are left.", minimum = "0", maximum = "5", examples = "5")
            int attemptsLeft,

            @Schema(
                    description = "Whether the SMS provider has confirmed that it sends the message; with `unknown` it"
                            + " may not arrive, so offer to send it again.",
                    enumeration = {VerificationView.CONFIRMED, VerificationView.UNKNOWN},
                    examples = VerificationView.CONFIRMED)
            String delivery,

            @Schema(
                    description = "How the code was sent.",
                    enumeration = {"sms", "whatsapp", "voice"},
                    examples = "sms")
            String channel) {

        static final String CONFIRMED = "sent";
        static final String UNKNOWN = "unknown";

        static VerificationView of(OpenChallenge challenge, Instant now) {
            return new VerificationView(
                    challenge.secret().reveal(),
                    challenge.phone().value(),
                    challenge.expiresAt(),
                    seconds(now, challenge.expiresAt()),
                    challenge.resendAt(),
                    seconds(now, challenge.resendAt()),
                    challenge.attemptsLeft(),
                    challenge.isUnconfirmed() ? UNKNOWN : CONFIRMED,
                    challenge.channel().label());
        }

        /** Rounded up. */
        private static long seconds(Instant now, Instant then) {
            return Math.max(0, Math.ceilDiv(now.until(then, ChronoUnit.MILLIS), 1000));
        }

        /** Redacted. */
        @Override
        public String toString() {
            return "VerificationView";
        }
    }

    public static VerificationResponse of(OpenChallenge challenge, Instant now) {
        return new VerificationResponse(true, SENT, VerificationView.of(challenge, now));
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "VerificationResponse";
    }
}
