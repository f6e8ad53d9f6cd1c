package io.kriya;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands between Kriya and its database, and can keep what comes back, as a network does that has lost its way. */
public final class TcpProxy implements AutoCloseable {

    private final ServerSocket server;
    private volatile int target;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private boolean holds;
    private String question;

    /** To this port of this machine. */
    public TcpProxy(int target) throws IOException {
        this.target = target;
        server = new ServerSocket(Ports.free(), 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Leads who connects from now on to another port, as a name does that was given to another server. */
    public void lead(int port) {
        target = port;
    }

    /** Cuts off who is connected. */
    public void cut() throws IOException {
        for (Socket socket = sockets.poll(); socket != null; socket = sockets.poll()) {
            socket.close();
        }
    }

    /** Keeps, from now on, whatever the server sends. */
    public void hold() {
        holdAnswersTo("");
    }

    /** Keeps, from now on, what the server sends over connections over which this is sent to it. */
    public synchronized void holdAnswersTo(String text) {
        question = text;
        holds = true;
    }

    /** Hands over what was kept, and goes on. */
    public synchronized void release() {
        holds = false;
        notifyAll();
    }

    private synchronized boolean isHeld(String sent) {
        return holds && sent.contains(question);
    }

    private synchronized void awaitRelease(AtomicBoolean isAsked) throws InterruptedException {
        while (holds && (question.isEmpty() || isAsked.get())) {
            wait();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(far);
                var isAsked = new AtomicBoolean();
                threads.execute(() -> copy(client, far, sent -> isAsked.compareAndSet(false, isHeld(sent))));
                threads.execute(() -> copy(far, client, _ -> awaitRelease(isAsked)));
            } catch (IOException closed) {
                // The server's end, or that of the database: whoever connected notices.
            }
        }
    }

    private interface Look {
        void at(String bytes) throws InterruptedException;
    }

    private static void copy(Socket from, Socket to, Look look) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                look.at(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                out.write(buffer, 0, count);
            }
        } catch (IOException | InterruptedException cut) {
            // Both ends are closed.
        }
    }

    @Override
    public void close() throws IOException {
        release();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.close();
    }
}
