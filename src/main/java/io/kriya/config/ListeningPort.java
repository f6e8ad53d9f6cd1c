package io.kriya.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Optional;

/** Whether a port can be listened on. */
public final class ListeningPort {

    private static final int BACKLOG = 1;

    private ListeningPort() {}

    /** The sentence that names the variable; empty where the port is free. */
    public static Optional<String> taken(String variable, String host, String port) {
        try (var _ = new ServerSocket(Integer.parseInt(port), BACKLOG, InetAddress.getByName(host))) {
            return Optional.empty();
        } catch (IllegalArgumentException | UnknownHostException _) {
            // That is not the port's fault, or no port: others say so.
            return Optional.empty();
        } catch (IOException taken) {
            if (!isOfThisMachine(host)) {
                return Optional.of(
                        "HOST is %s, which is no address of this machine: set another HOST.".formatted(host));
            }
            return Optional.of("%s is %s, which can't be listened on (%s): stop what does, or set another %s."
                    .formatted(variable, port, taken.getMessage(), variable));
        }
    }

    private static boolean isOfThisMachine(String host) {
        try (var _ = new ServerSocket(0, BACKLOG, InetAddress.getByName(host))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
