package io.kriya.http.connection;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Bounds the connections of clients. Where there are no more, a few are let in for a probe: one that asks at once how
 * Kriya is gets its answer and is closed, any other is closed. A new one takes the place of the oldest of the address
 * that has the most, so that no client can keep the cluster's probes out by being there first, or often.
 */
// Looked up by Connections.
@Unremovable
@Singleton
class ConnectionLimit implements MeterBinder {

    private static final int FOR_PROBES = 128;
    private static final int PATIENCE_MILLIS = 1000;

    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder rejected = new LongAdder();

    /** Those beyond the limit, the oldest first; guarded by itself. */
    private final Set<ProbeOnly> beyond = new LinkedHashSet<>();

    ConnectionLimit(HttpConfig config) {
        most = config.maxConnections();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("kriya.connections", open, AtomicInteger::get)
                .description("Connections of clients.")
                .register(registry);
        FunctionCounter.builder("kriya.connections.rejected", rejected, LongAdder::sum)
                .description("Connections that were closed because there were too many.")
                .register(registry);
    }

    /** Counts a connection that begins; where it is one too many, with what it may ask all the same. */
    Optional<ChannelHandler> admit(Channel connection) {
        if (open.incrementAndGet() <= most) {
            connection.closeFuture().addListener(_ -> open.decrementAndGet());
            return Optional.empty();
        }
        open.decrementAndGet();
        var probe = new ProbeOnly(connection);
        synchronized (beyond) {
            beyond.add(probe);
            if (beyond.size() > FOR_PROBES) {
                oldestOfMost().reject();
            }
        }
        return Optional.of(probe);
    }

    /** Of the address that has the most, so that a client that opens many pushes out its own. */
    private ProbeOnly oldestOfMost() {
        Map<Object, Long> counts =
                beyond.stream().collect(Collectors.groupingBy(probe -> probe.address, Collectors.counting()));
        Object most =
                Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
        List<ProbeOnly> ofMost =
                beyond.stream().filter(probe -> probe.address.equals(most)).toList();
        // One that has asked is about to be gone by itself.
        return ofMost.stream().filter(probe -> !probe.hasAsked).findFirst().orElseGet(ofMost::getFirst);
    }

    private static boolean isProbe(HttpRequest request) {
        var headers = request.headers();
        return request.decoderResult().isSuccess()
                && (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD))
                && (Probes.isProbe(request.uri()) || request.uri().equals("/health"))
                && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    /** A connection beyond the limit. */
    private final class ProbeOnly extends ChannelInboundHandlerAdapter {

        private final Channel connection;
        private final Object address;
        private volatile boolean hasAsked;

        private ProbeOnly(Channel connection) {
            this.connection = connection;
            address = connection.remoteAddress() instanceof InetSocketAddress peer ? peer.getAddress() : "";
            var deadline = connection
                    .eventLoop()
                    .schedule(
                            () -> {
                                if (!hasAsked) {
                                    reject();
                                }
                            },
                            PATIENCE_MILLIS,
                            TimeUnit.MILLISECONDS);
            connection.closeFuture().addListener(_ -> {
                deadline.cancel(false);
                forget();
            });
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!hasAsked && message instanceof HttpRequest request && isProbe(request)) {
                hasAsked = true;
                request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
            if (hasAsked) {
                // HttpMessages drops what follows a request that says that it is the last.
                context.fireChannelRead(message);
            } else {
                ReferenceCountUtil.release(message);
                reject();
            }
        }

        private void reject() {
            if (forget()) {
                rejected.increment();
                connection.close();
            }
        }

        private boolean forget() {
            synchronized (beyond) {
                return beyond.remove(this);
            }
        }
    }
}
