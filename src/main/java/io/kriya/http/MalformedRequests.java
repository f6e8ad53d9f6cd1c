package io.kriya.http;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemResponses;
import io.kriya.http.connection.IncomingBodies;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Refuses invalid HTTP requests, which a proxy in between may have parsed differently. */
@Singleton
class MalformedRequests {

    private final AccessLog log;
    private final ProblemResponses problems;

    MalformedRequests(AccessLog log, ProblemResponses problems) {
        this.log = log;
        this.problems = problems;
    }

    /** Runs before the first filter. */
    void refuseBeforeBody(RoutingContext context) {
        HttpServerRequest request = context.request();
        ErrorCode error = decodingError(request, null);
        // RFC 9112, 3.2 and 6.1.
        if (error == null
                && (request.headers().getAll(HttpHeaders.HOST).size() > 1 || hasUnknownCoding(request.headers()))) {
            error = ErrorCode.BAD_REQUEST;
        }
        if (error == null) {
            context.next();
        } else {
            refuseUnread(context, error);
        }
    }

    /** What the router itself refuses: no host (RFC 9110, 7.2), or a target that is not a path. */
    void refuseUnroutable(RoutingContext context) {
        int status = context.statusCode();
        if (status == 400) {
            refuseUnread(context, decodingError(context.request(), ErrorCode.BAD_REQUEST));
        } else if (status == 404 && !AccessLog.hasBegun(context)) {
            refuseUnread(context, decodingError(context.request(), ErrorCode.NOT_FOUND));
        } else {
            context.next();
        }
    }

    /** Refuses a broken chunk, or an invalid URI, after which the connection stays open. */
    void refuseAfterBody(RoutingContext context) {
        if (context.request().decoderResult().isFailure()) {
            refuseUnread(context, ErrorCode.BAD_REQUEST);
        } else if (hasUri(context)) {
            context.next();
        } else {
            problems.end(context.response(), ErrorCode.BAD_REQUEST);
        }
    }

    private void refuseUnread(RoutingContext context, ErrorCode error) {
        log.ensureBegun(context);
        IncomingBodies.closeAfterResponse(context);
        problems.end(context.response(), error);
    }

    private static ErrorCode decodingError(HttpServerRequest request, ErrorCode otherwise) {
        if (request.decoderResult().isFailure()) {
            return switch (request.decoderResult().cause()) {
                case TooLongHttpLineException _ -> ErrorCode.URI_TOO_LONG;
                case TooLongHttpHeaderException _ -> ErrorCode.HEADERS_TOO_LARGE;
                default -> ErrorCode.BAD_REQUEST;
            };
        }
        return request.version() == null ? ErrorCode.HTTP_VERSION_NOT_SUPPORTED : otherwise;
    }

    private static boolean hasUnknownCoding(MultiMap headers) {
        List<String> codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        return !codings.isEmpty() && !(codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"));
    }

    /** Whether the request's target is a valid URI. */
    static boolean hasUri(RoutingContext context) {
        try {
            new URI(context.request().uri());
            return true;
        } catch (URISyntaxException invalid) {
            return false;
        }
    }
}
