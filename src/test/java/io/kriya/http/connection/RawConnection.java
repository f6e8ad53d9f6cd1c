package io.kriya.http.connection;

import io.kriya.Patience;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection over which a test sends bytes as they are, and reads answers of HTTP/1.1. */
public final class RawConnection implements AutoCloseable {

    private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(20));

    private final Socket socket;
    private final InputStream input;

    /** An answer; its headers by their names in lower case. */
    public record Answer(String statusLine, Map<String, String> headers, String body) {

        public int status() {
            return Integer.parseInt(statusLine.split(" ")[1]);
        }

        public boolean closes() {
            return "close".equalsIgnoreCase(headers.get("connection"));
        }
    }

    public RawConnection(int port) throws IOException {
        this(port, "127.0.0.1");
    }

    /** One from another address of this machine. */
    public RawConnection(int port, String from) throws IOException {
        socket = new Socket("127.0.0.1", port, InetAddress.getByName(from), 0);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
        input = new BufferedInputStream(socket.getInputStream());
    }

    public RawConnection send(String bytes) throws IOException {
        return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Says that nothing more will be sent. */
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** The next answer, or null where the connection ends before one. */
    public Answer read() throws IOException {
        return read(true);
    }

    /** The same, which has no body where HEAD was asked for. */
    public Answer read(boolean hasBody) throws IOException {
        String status = line();
        if (status == null) {
            return null;
        }
        var headers = new TreeMap<String, String>();
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            String[] parts = line.split(":", 2);
            headers.merge(parts[0].toLowerCase(Locale.ROOT), parts[1].strip(), (one, other) -> one + ", " + other);
        }
        int length = hasBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
        return new Answer(status, headers, new String(input.readNBytes(length), StandardCharsets.UTF_8));
    }

    /** Whether nothing more comes, and the other side has closed. */
    public boolean isClosed() {
        try {
            return input.read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        int next;
        while ((next = input.read()) >= 0) {
            if (next == '\n') {
                return line.toString().stripTrailing();
            }
            line.append((char) next);
        }
        return line.isEmpty() ? null : line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
