package io.kriya.error;

import java.util.List;

/** A request that can't be granted, and the error that says so. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final transient List<Violation> violations;

    /**
     * @param code the error
     * @param violations with status 422, what is wrong with which field
     */
    public Refusal(ErrorCode code, Violation... violations) {
        // An answer, not a fault: nobody reads its stack trace.
        super(code.code(), null, false, false);
        this.code = code;
        this.violations = List.of(violations);
    }

    Problem problem() {
        return Problem.of(code, violations);
    }
}
