package io.kriya.error;

import java.time.Instant;
import java.util.List;

/** Aborts a request with a problem. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final transient Problem problem;

    /**
     * @param violations with status 422, the invalid fields
     */
    public ProblemException(ErrorCode code, Violation... violations) {
        this(code, Problem.of(code, List.of(violations)));
    }

    private ProblemException(ErrorCode code, Problem problem) {
        // A response, not a fault: no stack trace.
        super(code.code(), null, false, false);
        this.code = code;
        this.problem = problem;
    }

    /** A rate limit is exceeded until this instant. */
    public static ProblemException until(Instant retryAt) {
        return until(ErrorCode.TOO_MANY_REQUESTS, retryAt);
    }

    /** Not possible before this instant. */
    public static ProblemException until(ErrorCode code, Instant retryAt) {
        return new ProblemException(code, Problem.of(code).retryAt(retryAt));
    }

    /** A one-time code is wrong. */
    public static ProblemException ofCode(int attemptsLeft) {
        return new ProblemException(
                ErrorCode.WRONG_CODE, Problem.of(ErrorCode.WRONG_CODE).attemptsLeft(attemptsLeft));
    }

    /** The error. */
    public ErrorCode code() {
        return code;
    }

    /** The body of the response. */
    public Problem problem() {
        return problem;
    }
}
