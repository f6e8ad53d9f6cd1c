package io.kriya.limit;

import java.time.Instant;

/** A rate limit is reached. */
public final class LimitedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Instant retryAt;

    LimitedException(Instant retryAt) {
        super("A rate limit is reached", null, false, false);
        this.retryAt = retryAt;
    }

    /** When the next request passes. */
    public Instant retryAt() {
        return retryAt;
    }
}
