package io.kriya.http;

import io.kriya.error.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Takes in the body of a request before anything else is done for it. So a slow client holds no thread, and whatever a
 * request is answered, the next one on its connection, which may be another client's behind a proxy, comes behind a
 * body that was read.
 *
 * <p>A body has a deadline as a whole. All that are under way have a share of the heap; where it is used up, the oldest
 * gives way, so that nobody is refused for the sake of clients who send slowly. A body that is declared too large is
 * not read at all, and its connection closed.
 */
@Singleton
class IncomingBodies {

    /** One part in so many of the heap. */
    private static final int SHARE = 4;

    /** What a request takes beside its body. */
    private static final int OVERHEAD = 8 * 1024;

    private static final int SWEEP_MILLIS = 200;

    private final Vertx vertx;
    private final long timeoutNanos;
    private final long budget = Runtime.getRuntime().maxMemory() / SHARE;
    private final Set<Body> underWay = new LinkedHashSet<>();
    private long held;
    private BiConsumer<RoutingContext, ErrorCode> refuse;

    IncomingBodies(Vertx vertx, HttpConfig config) {
        this.vertx = vertx;
        timeoutNanos = config.bodyTimeout().toNanos();
    }

    /** Begins to watch for bodies that are late; they are refused so. */
    void start(BiConsumer<RoutingContext, ErrorCode> refuse) {
        this.refuse = refuse;
        vertx.setPeriodic(SWEEP_MILLIS, _ -> late().forEach(body -> body.giveUp(ErrorCode.REQUEST_TIMEOUT)));
    }

    /** Has the request go on once its body is there. */
    void takeIn(RoutingContext context) {
        var headers = context.request().headers();
        boolean chunked = headers.contains(HttpHeaders.TRANSFER_ENCODING);
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        if (!chunked && (length == null || length.equals("0"))) {
            context.next();
        } else if (!chunked && BodyLimit.isExceededBy(length)) {
            closeAfterAnswer(context);
            context.next();
        } else {
            begin(new Body(context, chunked ? BodyLimit.BYTES : Integer.parseInt(length)));
        }
    }

    private void begin(Body body) {
        add(body).forEach(oldest -> oldest.giveUp(ErrorCode.OVERLOADED));
        body.read();
    }

    /** Adds one, and takes out those that have to give way to it. */
    private synchronized List<Body> add(Body body) {
        underWay.add(body);
        held += body.cost();
        var oldest = new ArrayList<Body>();
        var bodies = underWay.iterator();
        while (held > budget && underWay.size() > 1) {
            Body one = bodies.next();
            bodies.remove();
            held -= one.cost();
            oldest.add(one);
        }
        return oldest;
    }

    private synchronized void remove(Body body) {
        if (underWay.remove(body)) {
            held -= body.cost();
        }
    }

    private synchronized List<Body> late() {
        long now = System.nanoTime();
        return underWay.stream()
                .takeWhile(body -> now - body.since > timeoutNanos)
                .toList();
    }

    private static void closeAfterAnswer(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        context.addEndHandler(_ -> context.request().connection().close());
    }

    /** A body under way; all but its making happens on the event loop of its connection. */
    private final class Body {

        private final RoutingContext context;
        private final HttpServerRequest request;
        private final Context eventLoop = Vertx.currentContext();
        private final long since = System.nanoTime();
        private final Buffer bytes;
        private final int most;
        private boolean over;

        private Body(RoutingContext context, int most) {
            this.context = context;
            this.most = most;
            request = context.request();
            bytes = Buffer.buffer(most);
        }

        private int cost() {
            return OVERHEAD + most;
        }

        private void read() {
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                context.response().writeContinue();
            }
            request.handler(this::append)
                    .endHandler(_ -> goOn())
                    .exceptionHandler(_ -> end())
                    .resume();
        }

        private void append(Buffer chunk) {
            if (over) {
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
            if (end()) {
                // As Vert.x's own handler of bodies does; there is no other way that is not deprecated.
                ((RoutingContextInternal) context).setBody(bytes);
                context.next();
            }
        }

        private void giveUp(ErrorCode error) {
            eventLoop.runOnContext(_ -> {
                if (end()) {
                    closeAfterAnswer(context);
                    refuse.accept(context, error);
                }
            });
        }

        /** Whether this is the end of it, and not what comes after. */
        private boolean end() {
            boolean first = !over;
            over = true;
            remove(this);
            return first;
        }
    }
}
