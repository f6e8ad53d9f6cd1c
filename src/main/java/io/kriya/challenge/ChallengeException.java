package io.kriya.challenge;

/** A refused step of a challenge. It rolls back the transaction that it is thrown in. */
public final class ChallengeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ChallengeFailure failure;

    public ChallengeException(ChallengeFailure failure) {
        // An expected result: nobody reads its stack trace.
        super(failure.getClass().getSimpleName(), null, false, false);
        this.failure = failure;
    }

    public ChallengeFailure failure() {
        return failure;
    }
}
