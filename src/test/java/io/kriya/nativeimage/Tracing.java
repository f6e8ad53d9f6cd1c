package io.kriya.nativeimage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the JVMs that a test run starts write down of reflection. What a class loader is told to load by its name is not
 * in it: it looks like what a JVM loads by itself. What is done with such a class is.
 */
public final class Tracing {

    private static final Path FOLDER = Path.of("target/reached").toAbsolutePath();
    private static final Path JAR = FOLDER.resolve("agent.jar");

    private Tracing() {}

    /** What a JVM is told to be traced. */
    public static List<String> options() {
        begin();
        return List.of("-javaagent:" + JAR + "=" + FOLDER);
    }

    /** Once a run; the tests are loaded by several class loaders. */
    public static void begin() {
        synchronized (Runtime.getRuntime()) {
            if (System.setProperty("kriya.tracing", "begun") != null) {
                return;
            }
            try {
                Files.createDirectories(FOLDER);
                for (Path old : files()) {
                    Files.delete(old);
                }
                AgentJar.make(JAR);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What was written down so far, and in how many processes. */
    static Map<Reached, Integer> reached() throws IOException {
        Map<Reached, Integer> reached = new LinkedHashMap<>();
        for (Path file : files()) {
            if (file.toString().endsWith(".tsv")) {
                Set<String> lines = new LinkedHashSet<>(Files.readAllLines(file));
                lines.forEach(line -> reached.merge(Reached.parse(line), 1, Integer::sum));
            }
        }
        return reached;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.toList();
        }
    }
}
