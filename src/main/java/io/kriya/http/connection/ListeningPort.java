package io.kriya.http.connection;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Optional;

/** Whether a port can be listened on. */
@RegisterForReflection
public final class ListeningPort {

    private static final int BACKLOG = 1;

    private ListeningPort() {}

    /** Whether a host is an address or a name of this machine. */
    static boolean isLocal(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return !host.isBlank()
                    && (address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null);
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * The sentence that names the variable; empty where the port is free.
     *
     * @param listensOn host and port
     */
    public static Optional<String> taken(String variable, String listensOn) {
        String host = listensOn.substring(0, listensOn.lastIndexOf(':'));
        String port = listensOn.substring(host.length() + 1);
        try (var _ = new ServerSocket(Integer.parseInt(port), BACKLOG, InetAddress.getByName(host))) {
            return Optional.empty();
        } catch (IllegalArgumentException | UnknownHostException _) {
            // That is not the port's fault, or no port: others say so.
            return Optional.empty();
        } catch (IOException taken) {
            return Optional.of(
                    isLocal(host)
                            ? "%s is %s, which can't be listened on (%s): stop what does, or set another %s."
                                    .formatted(variable, port, taken.getMessage(), variable)
                            : "HOST is %s, which is no address of this machine: set another HOST.".formatted(host));
        }
    }
}
