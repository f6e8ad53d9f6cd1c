package io.kriya.http.connection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.impl.VertxHandler;

/** Has each connection to the servers of this process watched. Netty finds it by {@code META-INF/services}. */
// Quarkus has the compiler register no services by itself.
@RegisterForReflection
public final class ConnectionInitializer extends ChannelInitializerExtension {

    /** Has Netty look for it; before the first server is made. */
    public static void expect() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
        // Quarkus sets it too, but not before the server that tells probes of migrations has been made.
        // With WebSockets, Vert.x answers other versions of HTTP itself.
        System.setProperty("vertx.disableWebsockets", "true");
        // Quarkus would answer a broken URI itself: RequestFilters refuses it.
        System.setProperty("vertx.disableURIValidation", "true");
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        Arc.container().instance(UnfinishedHeads.class).get().watch(connection);
        connection.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                context.pipeline().remove(this);
                begin(context.pipeline());
                context.fireChannelActive();
            }
        });
    }

    /**
     * Adds to what Vert.x has made of it; not on the management port, which looks first whether it is spoken to in
     * HTTP/2.
     */
    private static void begin(ChannelPipeline pipeline) {
        var encoder = pipeline.context(HttpResponseEncoder.class);
        var handler = pipeline.get(VertxHandler.class);
        if (encoder != null && handler != null && handler.getConnection() instanceof HttpServerConnection connection) {
            Arc.container()
                    .instance(ConnectionLimit.class)
                    .get()
                    .admit(pipeline.channel())
                    .ifPresent(probeOnly -> pipeline.addAfter(encoder.name(), null, probeOnly));
            pipeline.addAfter(encoder.name(), null, new HttpMessages());
            connection.invalidRequestHandler(VertxHttpRecorder.getRootHandler());
        }
    }
}
