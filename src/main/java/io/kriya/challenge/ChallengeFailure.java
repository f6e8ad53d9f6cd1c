package io.kriya.challenge;

import java.time.Instant;
import java.util.Optional;

/** Why a step of a challenge was refused. The API and the login page each translate it once. */
public sealed interface ChallengeFailure {

    /** The challenge never began, was used, has expired, or was tried too often. */
    record Over() implements ChallengeFailure {}

    /** The code is not the one that was sent. */
    record WrongCode(int attemptsLeft) implements ChallengeFailure {}

    /** The code is right, but a new user needs a name. Nothing has changed. */
    record NameRequired() implements ChallengeFailure {}

    /** The code can't be sent again before this time. */
    record TooEarly(Instant retryAt) implements ChallengeFailure {}

    /** A rate limit is reached until this time. */
    record Limited(Instant retryAt) implements ChallengeFailure {}

    /** The number can't receive a text message. */
    record Unreachable() implements ChallengeFailure {}

    /** No SMS provider accepted the message; a time to retry at if one named it. */
    record NotDelivered(Optional<Instant> retryAt) implements ChallengeFailure {}
}
