package io.kriya.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what bodies that are still under way cost: each has a deadline as a whole, and all of them together a share of the heap.
 * Bodies as small as those of the API's own clients take nothing of that share, so that no flood of large ones refuses them.
 *
 * <p>The next request on a connection, which may be another client's behind a proxy, comes behind the body of this one. So what
 * nobody has read of a body when its request is answered is skipped, or the connection closed.
 */
@Singleton
class IncomingBodies {

    /** No request that is valid comes near it. */
    private static final int SMALL = 2048;

    /** One part in so many of the heap. */
    private static final int SHARE = 8;

    private static final String IS_LATE = "io.kriya.http.late";

    private final Vertx vertx;
    private final long timeoutMillis;
    private final long budget = Runtime.getRuntime().maxMemory() / SHARE;
    private final AtomicLong underWay = new AtomicLong();

    IncomingBodies(Vertx vertx, HttpConfig config) {
        this.vertx = vertx;
        timeoutMillis = config.bodyTimeout().toMillis();
    }

    /** Whether there is memory for the body of this request, if it has one; then it is watched. */
    boolean admits(RoutingContext context) {
        HttpServerRequest request = context.request();
        int bytes = bytes(request);
        if (bytes == 0) {
            return true;
        }
        int counted = bytes <= SMALL ? 0 : bytes;
        if (underWay.addAndGet(counted) > budget) {
            underWay.addAndGet(-counted);
            context.response()
                    .putHeader(HttpHeaders.RETRY_AFTER, "1")
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            context.addEndHandler(_ -> request.connection().close());
            return false;
        }
        long deadline = vertx.setTimer(timeoutMillis, _ -> {
            // Whoever reads it fails, and the answer has nowhere to go.
            context.put(IS_LATE, true);
            request.connection().close();
        });
        context.addHeadersEndHandler(_ -> {
            if (isTooLongToSkip(request)) {
                context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
        });
        context.addEndHandler(_ -> {
            underWay.addAndGet(-counted);
            if (request.isEnded()) {
                vertx.cancelTimer(deadline);
            } else if (isTooLongToSkip(request)) {
                vertx.cancelTimer(deadline);
                request.connection().close();
            } else {
                request.handler(_ -> {})
                        .endHandler(_ -> vertx.cancelTimer(deadline))
                        .resume();
            }
        });
        return true;
    }

    /** Whether a request was given up because its body did not arrive in time. */
    static boolean isLate(RoutingContext context) {
        return context.get(IS_LATE) != null;
    }

    /** At most so many are read; 0 where there is no body. */
    private static int bytes(HttpServerRequest request) {
        if (isChunked(request)) {
            return BodyLimit.BYTES;
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            return 0;
        }
        return BodyLimit.isExceededBy(length) ? BodyLimit.BYTES : Integer.parseInt(length);
    }

    /** Whether a body is left that is too large, or of unknown length, to be read only to drop it. */
    private static boolean isTooLongToSkip(HttpServerRequest request) {
        return !request.isEnded()
                && (isChunked(request) || BodyLimit.isExceededBy(request.getHeader(HttpHeaders.CONTENT_LENGTH)));
    }

    private static boolean isChunked(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }
}
