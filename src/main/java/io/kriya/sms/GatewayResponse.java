package io.kriya.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kriya.sms.SmsResult.NotSent;
import io.kriya.sms.SmsResult.Reason;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What a gateway answered.
 *
 * @param json missing where it is none
 */
record GatewayAnswer(int status, Optional<Duration> retryAfter, JsonNode json) {

    static GatewayAnswer of(HttpResponse<byte[]> response, ObjectMapper json, Instant now) {
        var retryAfter = response.headers().firstValue("Retry-After").flatMap(header -> delay(header, now));
        return new GatewayAnswer(response.statusCode(), retryAfter, read(json, response.body()));
    }

    private static JsonNode read(ObjectMapper json, byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException none) {
            return MissingNode.getInstance();
        }
    }

    /** Seconds, or a date (RFC 9110, 10.2.3). */
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

    /** The text of a field, empty where there is none. */
    String text(String field) {
        return json.path(field).asText("");
    }

    /** The number of a field, 0 where there is none. */
    int number(String field) {
        return json.path(field).asInt();
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Of 408 and 499, which what is in between says, it is not known what became of the request. */
    boolean isRefusal() {
        return status >= 400 && status < 500 && status != 408 && status != 499;
    }

    boolean isTooMany() {
        return status == 429;
    }

    /** The result where the gateway was asked too often. */
    SmsResult rateLimited() {
        return new NotSent(Reason.RATE_LIMITED, retryAfter);
    }

    /** Says nothing of the body, which may repeat the number and the text. */
    @Override
    public String toString() {
        return "status " + status;
    }
}
