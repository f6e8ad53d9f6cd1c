package io.kriya.error;

import java.time.Instant;
import java.util.List;

/** Aborts a request with a problem. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final boolean isWithoutToken;

    /**
     * @param violations with status 422, the invalid fields
     */
    public ProblemException(ErrorCode code, Violation... violations) {
        this(Problem.of(code, List.of(violations)), false);
    }

    private ProblemException(Problem problem, boolean isWithoutToken) {
        // A response, not a fault: no stack trace.
        super(problem.code(), null, false, false);
        this.problem = problem;
        this.isWithoutToken = isWithoutToken;
    }

    /** A rate limit is exceeded until this instant. */
    public static ProblemException until(Instant retryAt) {
        return new ProblemException(Problem.of(ErrorCode.TOO_MANY_REQUESTS).retryAt(retryAt), false);
    }

    /** The request has no bearer token at all: {@code WWW-Authenticate} names no error (RFC 6750, 3.1). */
    public static ProblemException withoutToken() {
        return new ProblemException(Problem.of(ErrorCode.INVALID_TOKEN), true);
    }

    boolean isWithoutToken() {
        return isWithoutToken;
    }

    /** The body of the response. */
    Problem problem() {
        return problem;
    }
}
