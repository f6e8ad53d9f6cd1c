package io.kriya.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Processor time, as Linux counts it. */
final class Processor {

    /** Linux shows hundredths of a second, whatever it counts in. */
    private static final double TICK_MICROS = 10_000;

    /** In /proc/…/stat, after the name of the program: that of the process itself, and of its children that ended. */
    private static final int FIRST = 11;

    private static final int LAST = 14;

    private Processor() {}

    /** Microseconds that a process, and its children that ended, have used. */
    static double micros(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return TICK_MICROS
                    * Arrays.stream(fields, FIRST, LAST + 1)
                            .mapToLong(Long::parseLong)
                            .sum();
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
            return 0;
        }
    }

    /** Those of all that come from a process too. */
    static double microsOfAll(ProcessHandle root) {
        return micros(root) + root.descendants().mapToDouble(Processor::micros).sum();
    }
}
