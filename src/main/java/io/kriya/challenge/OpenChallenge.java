package io.kriya.challenge;

import io.kriya.account.PhoneNumber;
import java.time.Instant;

/**
 * A challenge that waits for its code.
 *
 * @param resendAt when the code may be sent again; {@code expiresAt} if it may not
 */
public record OpenChallenge(
        ChallengeSecret secret, PhoneNumber phone, Instant expiresAt, Instant resendAt, int attemptsLeft) {

    static OpenChallenge of(ChallengeSecret secret, Challenge challenge) {
        return new OpenChallenge(
                secret, challenge.phone(), challenge.expiresAt, challenge.resendAt, challenge.attemptsLeft());
    }
}
