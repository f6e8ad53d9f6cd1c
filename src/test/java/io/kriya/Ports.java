package io.kriya;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports to give to a server, each to one. They lie below those that the system takes for a client's end of a connection, or one
 * could be gone again before its server listens.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;

    /** Where two test runs are unlikely to meet. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

    /**
     * Of each port a byte is locked until this process ends. A server needs seconds before it listens: of two test runs
     * that are given the same port meanwhile, one would take the other's answers for those of its own.
     */
    private static final FileChannel GIVEN = open();

    private Ports() {}

    /** A port that nothing listens on, and that no one else is given, in another test run neither. */
    public static int free() {
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + NEXT.getAndIncrement() % COUNT;
            if (reserve(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No port is free");
    }

    /** Takes it until this process ends; false where it is taken already, by this process or another. */
    static boolean reserve(int port) {
        try {
            return GIVEN.tryLock(port, 1, false) != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open() {
        try {
            return FileChannel.open(
                    Path.of(System.getProperty("java.io.tmpdir"), "kriya-ports-" + System.getProperty("user.name")),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port)) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
