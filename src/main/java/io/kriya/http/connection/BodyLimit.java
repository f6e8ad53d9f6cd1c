package io.kriya.http.connection;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** The size limit of request bodies. */
public final class BodyLimit {

    /** The limit in bytes. */
    public static final int BYTES = 64 * 1024;

    private BodyLimit() {}

    /** Whether a {@code Content-Length} is over the limit; null is not. */
    static boolean isExceededBy(String contentLength) {
        // Ten digits may not fit an int.
        return contentLength != null && (contentLength.length() > 9 || Integer.parseInt(contentLength) > BYTES);
    }

    /**
     * The whole body of a request, which {@link IncomingBodies} has read; empty if there is none.
     *
     * @throws ProblemException if it is over the limit
     */
    public static byte[] body(RoutingContext context) {
        Buffer body = context.body().buffer();
        if (isExceededBy(context.request().getHeader(HttpHeaders.CONTENT_LENGTH))
                || body != null && body.length() > BYTES) {
            throw new ProblemException(ErrorCode.PAYLOAD_TOO_LARGE);
        }
        return body == null ? new byte[0] : body.getBytes();
    }
}
