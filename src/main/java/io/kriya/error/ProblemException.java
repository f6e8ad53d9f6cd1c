package io.kriya.error;

import java.time.Instant;
import java.util.List;

/** Aborts a request with a problem. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /**
     * @param violations with status 422, the invalid fields
     */
    public ProblemException(ErrorCode code, Violation... violations) {
        this(Problem.of(code, List.of(violations)));
    }

    private ProblemException(Problem problem) {
        // A response, not a fault: no stack trace.
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    /** A rate limit is exceeded until this instant. */
    public static ProblemException until(Instant retryAt) {
        return new ProblemException(Problem.of(ErrorCode.TOO_MANY_REQUESTS).retryAt(retryAt));
    }

    /** The body of the response. */
    Problem problem() {
        return problem;
    }
}
