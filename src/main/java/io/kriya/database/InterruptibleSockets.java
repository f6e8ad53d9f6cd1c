package io.kriya.database;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
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

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connect(createSocket(), new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connect(createSocket(), new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(InetAddress.getByName(host), port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        Socket socket = createSocket();
        socket.bind(new InetSocketAddress(local, localPort));
        return connect(socket, new InetSocketAddress(host, port));
    }

    private static Socket connect(Socket socket, SocketAddress server) throws IOException {
        socket.connect(server);
        return socket;
    }
}
