package io.kriya.error;

import java.time.Instant;
import java.util.List;

/** A request that can't be granted, and the error that says so. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final transient Problem problem;

    /**
     * @param code the error
     * @param violations with status 422, what is wrong with which field
     */
    public ProblemException(ErrorCode code, Violation... violations) {
        this(code, Problem.of(code, List.of(violations)));
    }

    private ProblemException(ErrorCode code, Problem problem) {
        // An answer, not a fault: nobody reads its stack trace.
        super(code.code(), null, false, false);
        this.code = code;
        this.problem = problem;
    }

    /** A limit is reached until this instant. */
    public static ProblemException until(Instant retryAt) {
        return until(ErrorCode.TOO_MANY_REQUESTS, retryAt);
    }

    /** It can't be granted before this instant. */
    public static ProblemException until(ErrorCode code, Instant retryAt) {
        return new ProblemException(code, Problem.of(code).retryAt(retryAt));
    }

    /** A code is not the one that was sent, and may be tried so often again. */
    public static ProblemException ofCode(int attemptsLeft) {
        return new ProblemException(
                ErrorCode.WRONG_CODE, Problem.of(ErrorCode.WRONG_CODE).attemptsLeft(attemptsLeft));
    }

    /** Which error it is. */
    public ErrorCode code() {
        return code;
    }

    /** What clients are told. */
    public Problem problem() {
        return problem;
    }
}
