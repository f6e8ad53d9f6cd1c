package io.kriya.database;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;

/**
 * The sockets of the pool's connections: interrupting a thread that waits on one closes it, also if it is a platform thread.
 *
 * @see InterruptibleChannel
 */
// The driver finds it by its name.
@RegisterForReflection
public final class InterruptibleSockets extends SocketFactory {

    @Override
    public Socket createSocket() throws IOException {
        return SocketChannel.open().socket();
    }

    // The driver connects each socket itself.

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }
}
