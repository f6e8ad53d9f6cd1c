package io.kriya.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a process logs: all of it is read, its end is kept. */
final class Log {

    private static final int SIZE = 8192;

    private final byte[] last = new byte[SIZE];
    private int length;

    private Log() {}

    /** Reads until the process ends. */
    static Log read(Process process) {
        var log = new Log();
        Thread.ofPlatform().daemon().name("log").start(() -> log.read(process.getInputStream()));
        return log;
    }

    private void read(InputStream output) {
        var buffer = new byte[8 * SIZE];
        try (output) {
            for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
                keep(buffer, count);
            }
        } catch (IOException ended) {
            // The pipe of a process that was told to end is closed under the read.
        }
    }

    private synchronized void keep(byte[] buffer, int count) {
        int taken = Math.min(count, SIZE);
        int kept = Math.min(length, SIZE - taken);
        System.arraycopy(last, length - kept, last, 0, kept);
        System.arraycopy(buffer, count - taken, last, kept, taken);
        length = kept + taken;
    }

    /** Its last lines. */
    synchronized String end() {
        return new String(Arrays.copyOf(last, length), StandardCharsets.UTF_8);
    }
}
