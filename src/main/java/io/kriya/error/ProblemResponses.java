package io.kriya.error;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Makes the response of a problem, with {@code Retry-After} and {@code WWW-Authenticate} where they belong. */
@Singleton
public class ProblemResponses {

    private static final String BEARER = "Bearer";

    private final Clock clock;
    private final ObjectMapper json;

    ProblemResponses(Clock clock, ObjectMapper json) {
        this.clock = clock;
        this.json = json;
    }

    /** The response of a resource or of an exception mapper. */
    public Response of(Problem instant) {
        Problem problem = instant.retryAt() == null ? instant : instant.retryAfter(secondsUntil(instant.retryAt()));
        var response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        headers(problem).forEach(response::header);
        return response.build();
    }

    /** The response to a request without a bearer token. */
    Response withoutToken() {
        Response response = of(Problem.of(ErrorCode.INVALID_TOKEN));
        response.getHeaders().putSingle(HttpHeaders.WWW_AUTHENTICATE, BEARER);
        return response;
    }

    /** Sends the response to a request that reaches no resource. */
    public void end(HttpServerResponse response, ErrorCode error) {
        Problem problem = Problem.of(error);
        headers(problem).forEach(response::putHeader);
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(json.valueToTree(problem).toString());
    }

    private Map<String, String> headers(Problem problem) {
        return switch (problem.status()) {
            // Without an error if only a one-time code is wrong, but each 401 needs WWW-Authenticate (RFC 9110,
            // 15.5.2).
            case 401 ->
                Map.of(
                        HttpHeaders.WWW_AUTHENTICATE,
                        problem.attemptsLeft() == null ? BEARER + " error=\"invalid_token\"" : BEARER);
            case 429, 503 ->
                Map.of(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfter() == null ? 1 : problem.retryAfter()));
            default -> Map.of();
        };
    }

    /** Rounded up, and at least 1. */
    private long secondsUntil(Instant instant) {
        return Math.max(1, Math.ceilDiv(clock.instant().until(instant, ChronoUnit.MILLIS), 1000));
    }
}
