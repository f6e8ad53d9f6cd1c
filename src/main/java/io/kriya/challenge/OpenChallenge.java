package io.kriya.challenge;

import io.kriya.account.PhoneNumber;
import io.kriya.sms.Channel;
import io.kriya.sms.Notice;
import java.time.Instant;
import java.util.Optional;

/**
 * A challenge that waits for its code.
 *
 * @param resendAt when the code may be sent again; {@code expiresAt} if it may not
 * @param channel how the last message was sent
 * @param isUnconfirmed whether it is uncertain that the last message was sent
 * @param notice what the client may be told; empty for strangers
 */
public record OpenChallenge(
        ChallengeSecret secret,
        PhoneNumber phone,
        Instant expiresAt,
        Instant resendAt,
        int attemptsLeft,
        Channel channel,
        boolean isUnconfirmed,
        Optional<Notice> notice) {

    static OpenChallenge of(ChallengeSecret secret, Challenge challenge, Optional<Notice> notice) {
        return new OpenChallenge(
                secret,
                challenge.phone(),
                challenge.expiresAt,
                challenge.resendAt,
                challenge.attemptsLeft(),
                Channel.of(challenge.channel),
                challenge.isUnconfirmed,
                notice);
    }
}
