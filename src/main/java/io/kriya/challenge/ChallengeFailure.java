package io.kriya.challenge;

import java.time.Instant;

/** Why a step of a challenge was refused. The API and the login page each translate it once. */
public sealed interface ChallengeFailure {

    /** The challenge is not open: it was never created, was verified, has expired, or has no attempts left. */
    record Over() implements ChallengeFailure {}

    /** The one-time code is wrong. */
    record WrongCode(int attemptsLeft) implements ChallengeFailure {}

    /** The code is right, but a new user needs a name. Nothing has changed. */
    record NameRequired() implements ChallengeFailure {}

    /** The code can't be sent again before this time. */
    record TooEarly(Instant retryAt) implements ChallengeFailure {}

    /** A rate limit is reached; a retry is possible at this time. */
    record Limited(Instant retryAt) implements ChallengeFailure {}

    /** A stranger has to solve a puzzle first; from this time on none is needed. */
    record ProofRequired(Instant retryAt) implements ChallengeFailure {}

    /** The number can't receive a text message. */
    record Unreachable() implements ChallengeFailure {}

    /** There is no sender of the channel that was asked for. */
    record NoChannel() implements ChallengeFailure {}

    /** No SMS provider accepted the message now; a retry at this time may succeed. */
    record NotDelivered(Instant retryAt) implements ChallengeFailure {}

    /** Every SMS provider rejects the message, and will until the operator changes something; a retry before is vain. */
    record Rejected(Instant retryAt) implements ChallengeFailure {}
}
