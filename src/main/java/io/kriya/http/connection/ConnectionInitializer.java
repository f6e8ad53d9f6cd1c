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

/** Adds the handlers of this package to each new connection. Netty finds it by {@code META-INF/services}. */
// Quarkus does not register services for the native binary.
@RegisterForReflection
public final class ConnectionInitializer extends ChannelInitializerExtension {

    /** Makes Netty load it; call this before the first server is created. */
    public static void enable() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
        // Quarkus sets it too, but only after the server that serves probes during migrations was created.
        // With WebSockets, Vert.x itself responds to other HTTP versions.
        System.setProperty("vertx.disableWebsockets", "true");
        // Quarkus itself would respond to an invalid URI, without a problem document.
        System.setProperty("vertx.disableURIValidation", "true");
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        Arc.container().instance(UnfinishedHeads.class).get().watch(connection);
        connection.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                context.pipeline().remove(this);
                addHandlers(context.pipeline());
                context.fireChannelActive();
            }
        });
    }

    /**
     * Adds to the pipeline that Vert.x has built; not on the management port, which first detects HTTP/2.
     */
    private static void addHandlers(ChannelPipeline pipeline) {
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
