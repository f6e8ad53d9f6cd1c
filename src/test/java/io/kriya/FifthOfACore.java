package io.kriya;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A control group whose processes together get a fifth of a core. Who may not make one leaves the test out. */
public final class FifthOfACore implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String QUOTA = "20000";
    private static final String PERIOD = "100000";

    private final Path group;

    private FifthOfACore(Path group) {
        this.group = group;
    }

    /** Makes one, or aborts the test, and says so where it is read. */
    public static FifthOfACore make() {
        // Version 1 has a tree for each resource.
        boolean isFirstVersion = Files.isDirectory(ROOT.resolve("cpu"));
        Path group = (isFirstVersion ? ROOT.resolve("cpu") : ROOT)
                .resolve("kriya-" + ProcessHandle.current().pid());
        try {
            Files.createDirectory(group);
        } catch (IOException refused) {
            return leftOut("no control group can be made: " + refused);
        }
        var made = new FifthOfACore(group);
        try {
            if (isFirstVersion) {
                made.write("cpu.cfs_period_us", PERIOD);
                made.write("cpu.cfs_quota_us", QUOTA);
            } else {
                made.write("cpu.max", QUOTA + " " + PERIOD);
            }
            return made;
        } catch (IOException refused) {
            made.close();
            return leftOut("a control group takes no limit: " + refused);
        }
    }

    private static FifthOfACore leftOut(String why) {
        String sentence = "LEFT OUT: what Kriya does on a fifth of a core is not tested, " + why;
        return abort(sentence);
    }

    /** From here on this process has no more. */
    public void take(KriyaProcess kriya) {
        try {
            write("cgroup.procs", Long.toString(kriya.process().pid()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void write(String file, String value) throws IOException {
        Files.writeString(group.resolve(file), value);
    }

    /** How often its processes had to wait for the next tenth of a second. */
    public long throttled() {
        try (Stream<String> lines = Files.lines(group.resolve("cpu.stat"))) {
            return lines.filter(line -> line.startsWith("nr_throttled "))
                    .mapToLong(line -> Long.parseLong(line.split(" ")[1]))
                    .sum();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Its processes have ended. */
    @Override
    public void close() {
        try {
            Files.delete(group);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
