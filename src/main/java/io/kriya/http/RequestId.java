package io.kriya.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id of a request: the client's, where it is safe to log, or a random one. */
final class RequestId {

    static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-ID");

    /** Neither a token nor a phone number. */
    private static final Pattern SAFE =
            Pattern.compile("(?!.*kriya_)(?![0-9.:-]{9,20}$)[0-9A-Za-z._:-]{1,64}", Pattern.CASE_INSENSITIVE);

    private RequestId() {}

    static String of(HttpServerRequest request) {
        String given = request.getHeader(HEADER);
        return given != null && SAFE.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }
}
