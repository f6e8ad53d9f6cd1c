package io.kriya.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kriya.sms.SmsResult.NotSent;
import io.kriya.sms.SmsResult.Reason;
import java.io.IOException;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The response of an SMS provider.
 *
 * @param json a missing node if the body is not JSON
 */
record GatewayResponse(int status, Optional<Duration> retryAfter, JsonNode json) {

    private static final Pattern ERROR_CODE = Pattern.compile("[0-9]{1,6}");

    static GatewayResponse of(ResponseInfo response, byte[] body, ObjectMapper json, Instant now) {
        var retryAfter = response.headers().firstValue("Retry-After").flatMap(header -> delay(header, now));
        return new GatewayResponse(response.statusCode(), retryAfter, read(json, body));
    }

    private static JsonNode read(ObjectMapper json, byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException none) {
            return MissingNode.getInstance();
        }
    }

    /** {@code Retry-After}: seconds or a date (RFC 9110, 10.2.3). */
    private static Optional<Duration> delay(String header, Instant now) {
        if (header.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Integer.parseInt(header)));
        }
        try {
            Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header));
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }

    /** A field as text; empty if it is missing. */
    String text(String field) {
        return json.path(field).asText("");
    }

    /** A numeric error code of at most six digits, so that it is never a phone number; 0 for anything else. */
    int errorCode(String field) {
        return codeOf(text(field));
    }

    /** The error code in an object {@code error}, as Meta has it. */
    int nestedErrorCode() {
        return codeOf(json.path("error").path("code").asText());
    }

    /** Whether a message has got an id, as Meta gives it. */
    boolean hasMessageId() {
        return !json.path("messages").path(0).path("id").asText().isEmpty();
    }

    static int codeOf(String code) {
        return ERROR_CODE.matcher(code).matches() ? Integer.parseInt(code) : SmsResult.NO_CODE;
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Not 408 and 499: a proxy sends these when it does not know what became of the request. */
    boolean isRejection() {
        return status >= 400 && status < 500 && status != 408 && status != 499;
    }

    boolean isRateLimited() {
        return status == 429;
    }

    /** The result for a message that was not sent, with the time to retry at if that is of use. */
    SmsResult notSent(Reason reason, int errorCode) {
        return new NotSent(reason, reason.isPassing() ? retryAfter : Optional.empty(), errorCode);
    }

    /** Redacted: the body may contain the number and the text. */
    @Override
    public String toString() {
        return "status " + status;
    }
}
