package io.kriya.challenge;

import io.kriya.account.PhoneNumber;
import java.time.Instant;

/**
 * A challenge that waits for its code.
 *
 * @param resendAt when the code may be sent again; {@code expiresAt} if it may not
 * @param isUnconfirmed whether it is uncertain that the last message was sent
 */
public record OpenChallenge(
        ChallengeSecret secret,
        PhoneNumber phone,
        Instant expiresAt,
        Instant resendAt,
        int attemptsLeft,
        boolean isUnconfirmed) {

    static OpenChallenge of(ChallengeSecret secret, Challenge challenge) {
        return new OpenChallenge(
                secret,
                challenge.phone(),
                challenge.expiresAt,
                challenge.resendAt,
                challenge.attemptsLeft(),
                challenge.isUnconfirmed);
    }
}
