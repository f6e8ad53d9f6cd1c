package io.kriya.http.connection;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemResponses;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.inject.Singleton;

/**
 * Buffers the body of a request before the request is processed. So a slow client holds no thread. And whatever the
 * response is, the body has been read before the next request on the connection, which behind a proxy may be another
 * client's. If the declared length of a body is over the limit, the body is not read and the connection is closed.
 */
@Singleton
public class IncomingBodies {

    /** Bytes of heap that a request costs besides head and body. */
    private static final int OVERHEAD = 16 * 1024;

    /** Bytes of heap that a header costs besides its text. */
    private static final int HEADER_OVERHEAD = 200;

    /** Bytes of heap per byte of a body: its buffer has room to grow. */
    private static final int COST_PER_BYTE = 2;

    private static final String BUFFERED = "io.kriya.http.buffered";

    private final RequestMemory memory;
    private final ProblemResponses problems;

    IncomingBodies(RequestMemory memory, ProblemResponses problems) {
        this.memory = memory;
        this.problems = problems;
    }

    /** Continues with the next filter when the body is complete. */
    public void buffer(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean isChunked = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean hasBody = isChunked || length != null && !length.equals("0");
        if (context.get(BUFFERED) != null || !hasBody && Probes.isProbe(request.path())) {
            // Rerouted; or a health probe, which is served at any load.
            context.next();
            return;
        }
        context.put(BUFFERED, true);
        var share = memory.of(((ContextInternal) Vertx.currentContext()).nettyEventLoop());
        var body = new Body(context, share);
        if (!share.take(
                body.claim,
                OVERHEAD + (long) HEADER_OVERHEAD * request.headers().size())) {
            closeAfterResponse(context);
            problems.end(context.response(), ErrorCode.OVERLOADED);
            return;
        }
        context.addEndHandler(_ -> share.release(body.claim));
        if (!hasBody) {
            body.proceed();
        } else if (!isChunked && BodyLimit.isExceededBy(length)) {
            closeAfterResponse(context);
            body.proceed();
        } else {
            body.read();
        }
    }

    /** Closes the connection after the response, as the rest of the request is not read. */
    public static void closeAfterResponse(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        context.addEndHandler(_ -> context.request().connection().close());
    }

    /** A body that is being received, on the event loop of its connection. */
    private final class Body {

        private final RoutingContext context;
        private final HttpServerRequest request;
        private final RequestMemory.Claim claim = new RequestMemory.Claim(this::evict, true);
        private final RequestMemory.Share share;
        private Buffer bytes;
        private boolean isDone;

        private Body(RoutingContext context, RequestMemory.Share share) {
            this.context = context;
            this.share = share;
            request = context.request();
        }

        private void read() {
            bytes = Buffer.buffer();
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                context.response().writeContinue();
            }
            request.handler(this::append)
                    .endHandler(_ -> proceed())
                    .exceptionHandler(_ -> isDone = true)
                    .resume();
        }

        private void append(Buffer chunk) {
            if (isDone) {
                return;
            }
            if (!share.take(claim, (long) COST_PER_BYTE * chunk.length())) {
                evict(ErrorCode.OVERLOADED);
                return;
            }
            bytes.appendBuffer(chunk);
            if (bytes.length() > BodyLimit.BYTES) {
                request.pause();
                closeAfterResponse(context);
                proceed();
            }
        }

        private void proceed() {
            if (isDone) {
                return;
            }
            isDone = true;
            share.complete(claim);
            if (bytes != null) {
                // As the BodyHandler of Vert.x does; the public API for this is deprecated.
                ((RoutingContextInternal) context).setBody(bytes);
            }
            context.next();
        }

        private void evict(ErrorCode reason) {
            if (!isDone) {
                isDone = true;
                bytes = null;
                closeAfterResponse(context);
                problems.end(context.response(), reason);
            }
        }
    }
}
