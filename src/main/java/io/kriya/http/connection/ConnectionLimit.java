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
 * Limits the number of client connections. Beyond the limit a few more are accepted for health probes: a connection
 * whose first request is a probe gets its response, any other is closed. When those are used up too, a new one evicts
 * the oldest of the address that holds the most, so that no client can lock out the probes of the cluster.
 */
// Looked up by ConnectionInitializer.
@Unremovable
@Singleton
class ConnectionLimit implements MeterBinder {

    private static final int MAX_PROBES = 128;
    private static final int PROBE_TIMEOUT_MILLIS = 1000;

    private final int max;
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder rejected = new LongAdder();

    /** The connections beyond the limit, the oldest first; guarded by itself. */
    private final Set<ProbeOnly> excess = new LinkedHashSet<>();

    ConnectionLimit(HttpConfig config) {
        max = config.maxConnections();
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

    /** Counts a new connection. Beyond the limit, returns the handler that accepts only a probe. */
    Optional<ChannelHandler> admit(Channel connection) {
        if (open.incrementAndGet() <= max) {
            connection.closeFuture().addListener(_ -> open.decrementAndGet());
            return Optional.empty();
        }
        open.decrementAndGet();
        var probe = new ProbeOnly(connection);
        synchronized (excess) {
            excess.add(probe);
            if (excess.size() > MAX_PROBES) {
                toEvict().reject();
            }
        }
        return Optional.of(probe);
    }

    /** The connection to evict, of the address that holds the most. */
    private ProbeOnly toEvict() {
        Map<Object, Long> counts =
                excess.stream().collect(Collectors.groupingBy(probe -> probe.address, Collectors.counting()));
        Object address =
                Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
        List<ProbeOnly> candidates =
                excess.stream().filter(probe -> probe.address.equals(address)).toList();
        // One that has sent its probe closes by itself.
        return candidates.stream().filter(probe -> !probe.hasProbed).findFirst().orElseGet(candidates::getFirst);
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
        private volatile boolean hasProbed;

        private ProbeOnly(Channel connection) {
            this.connection = connection;
            address = connection.remoteAddress() instanceof InetSocketAddress peer ? peer.getAddress() : "";
            var deadline = connection
                    .eventLoop()
                    .schedule(
                            () -> {
                                if (!hasProbed) {
                                    reject();
                                }
                            },
                            PROBE_TIMEOUT_MILLIS,
                            TimeUnit.MILLISECONDS);
            connection.closeFuture().addListener(_ -> {
                deadline.cancel(false);
                remove();
            });
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!hasProbed && message instanceof HttpRequest request && isProbe(request)) {
                hasProbed = true;
                request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
            if (hasProbed) {
                // HttpMessages drops what follows a request with Connection: close.
                context.fireChannelRead(message);
            } else {
                ReferenceCountUtil.release(message);
                reject();
            }
        }

        private void reject() {
            if (remove()) {
                rejected.increment();
                connection.close();
            }
        }

        private boolean remove() {
            synchronized (excess) {
                return excess.remove(this);
            }
        }
    }
}
