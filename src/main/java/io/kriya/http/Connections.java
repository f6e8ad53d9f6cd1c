package io.kriya.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Has each connection to the servers of this process watched. Netty finds it by {@code META-INF/services}. */
// Quarkus has the compiler register no services by itself.
@RegisterForReflection
public final class Connections extends ChannelInitializerExtension {

    /** Has Netty look for it; before the first server is made. */
    public static void expect() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
        // Quarkus sets it too, but not before the server that tells probes of migrations has been made. With
        // WebSockets,
        // Vert.x answers other versions of HTTP itself.
        System.setProperty("vertx.disableWebsockets", "true");
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        Arc.container().instance(UnfinishedHeads.class).get().watch(connection);
    }
}
