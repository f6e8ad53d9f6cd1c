package io.kriya.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * The body of every error (RFC 9457).
 *
 * @param type always {@code about:blank}: the code identifies the error
 * @param title the reason phrase of the status
 * @param status the status
 * @param detail one English sentence
 * @param code the stable name of the error
 * @param violations with status 422, the invalid fields
 * @param retryAt with status 429 and sometimes 503, when to retry
 * @param retryAfter with {@code retryAt}, the seconds until then: clocks of clients are wrong
 * @param attemptsLeft after a wrong code, the remaining attempts
 * @param proofOfWork the puzzle to solve, if a proof of work is required
 */
// Serialized where the build does not see it: in an exception mapper.
@RegisterForReflection(targets = {Problem.class, Violation.class})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        List<Violation> violations,
        Instant retryAt,
        Long retryAfter,
        Integer attemptsLeft,
        Puzzle proofOfWork) {

    /** The media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(ErrorCode error) {
        return of(error, List.of());
    }

    public static Problem of(ErrorCode error, List<Violation> violations) {
        String title = HttpResponseStatus.valueOf(error.status()).reasonPhrase();
        return new Problem(
                "about:blank", title, error.status(), error.detail(), error.code(), violations, null, null, null, null);
    }

    /** With the instant to retry at. */
    public Problem retryAt(Instant instant) {
        return new Problem(
                type, title, status, detail, code, violations, instant, retryAfter, attemptsLeft, proofOfWork);
    }

    /** With the seconds until that instant. */
    Problem retryAfter(long seconds) {
        return new Problem(type, title, status, detail, code, violations, retryAt, seconds, attemptsLeft, proofOfWork);
    }

    /** With the attempts that are left for a code. */
    public Problem attemptsLeft(int attempts) {
        return new Problem(type, title, status, detail, code, violations, retryAt, retryAfter, attempts, proofOfWork);
    }

    /** With the puzzle to solve. */
    public Problem proofOfWork(Puzzle puzzle) {
        return new Problem(type, title, status, detail, code, violations, retryAt, retryAfter, attemptsLeft, puzzle);
    }
}
