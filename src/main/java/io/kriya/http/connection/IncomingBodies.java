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
 * Takes in the body of a request before anything else is done for it. So a slow client holds no thread, and whatever a
 * request is answered, the next one on its connection, which may be another client's behind a proxy, comes behind a
 * body that was read. A body that is declared too large is not read at all, and its connection closed.
 */
@Singleton
public class IncomingBodies {

    /** What a request takes beside its head and its body. */
    private static final int OVERHEAD = 16 * 1024;

    /** What a header takes beside its text, and there may be thousands of short ones. */
    private static final int HEADER = 200;

    /** Of a byte of a body: what it is collected in has room to grow. */
    private static final int PRICE = 2;

    private static final String TAKEN_IN = "io.kriya.http.taken-in";

    private final RequestMemory memory;
    private final ProblemResponses problems;

    IncomingBodies(RequestMemory memory, ProblemResponses problems) {
        this.memory = memory;
        this.problems = problems;
    }

    /** Has the request go on once its body is there. */
    public void takeIn(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean isChunked = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean hasBody = isChunked || length != null && !length.equals("0");
        if (context.get(TAKEN_IN) != null || !hasBody && Probes.isProbe(request.path())) {
            // It was routed anew. Or it asks how Kriya is, and has to be told.
            context.next();
            return;
        }
        context.put(TAKEN_IN, true);
        var share = memory.of(((ContextInternal) Vertx.currentContext()).nettyEventLoop());
        var body = new Body(context, share);
        if (!share.take(body, OVERHEAD + (long) HEADER * request.headers().size())) {
            closeAfterAnswer(context);
            problems.end(context.response(), ErrorCode.OVERLOADED);
            return;
        }
        context.addEndHandler(_ -> share.release(body));
        if (!hasBody) {
            body.goOn();
        } else if (!isChunked && BodyLimit.isExceededBy(length)) {
            closeAfterAnswer(context);
            body.goOn();
        } else {
            body.read();
        }
    }

    public static void closeAfterAnswer(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        context.addEndHandler(_ -> context.request().connection().close());
    }

    /** A body under way, on the event loop of its connection. */
    private final class Body extends RequestMemory.Claim {

        private final RoutingContext context;
        private final HttpServerRequest request;
        private final RequestMemory.Share share;
        private Buffer bytes;
        private boolean isOver;

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
                    .endHandler(_ -> goOn())
                    .exceptionHandler(_ -> isOver = true)
                    .resume();
        }

        private void append(Buffer chunk) {
            if (isOver) {
                return;
            }
            if (!share.take(this, (long) PRICE * chunk.length())) {
                giveUp(ErrorCode.OVERLOADED);
                return;
            }
            bytes.appendBuffer(chunk);
            if (bytes.length() > BodyLimit.BYTES) {
                request.pause();
                closeAfterAnswer(context);
                goOn();
            }
        }

        private void goOn() {
            if (isOver) {
                return;
            }
            isOver = true;
            share.arrived(this);
            if (bytes != null) {
                // As Vert.x's own handler of bodies does; there is no other way that is not deprecated.
                ((RoutingContextInternal) context).setBody(bytes);
            }
            context.next();
        }

        @Override
        void giveUp(ErrorCode reason) {
            if (!isOver) {
                isOver = true;
                bytes = null;
                closeAfterAnswer(context);
                problems.end(context.response(), reason);
            }
        }
    }
}
