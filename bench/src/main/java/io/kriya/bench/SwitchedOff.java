package io.kriya.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a request costs with a part of it switched off: see bench/README.md. */
public final class SwitchedOff implements AutoCloseable {

    private static final int TOKENS = 10_000;
    private static final String HEAP = "256m";
    private static final Path FOLDER = Path.of("target/switched-off").toAbsolutePath();
    private static final String HTTP = "io/kriya/http/";

    /** What is switched off. */
    private enum Switch {
        NONE("nothing"),
        LOG("access log", HTTP + "AccessLogBlocks.isEnabled"),
        METRICS("metrics", HTTP + "RequestMetrics.begin", HTTP + "RequestMetrics.end"),
        LOG_METRICS_ID("access log, metrics, request id, default headers", HTTP + "AccessLog.begin"),
        FILTERS(
                "filters of malformed requests, origins and routes",
                HTTP + "MalformedRequests.refuseBeforeBody",
                HTTP + "MalformedRequests.refuseAfterBody",
                HTTP + "CorsGuard.check",
                HTTP + "RouteGuard.check"),
        API_KEY("comparison of the API key", "io/kriya/apikey/RequiresApiKey$Filter.check");

        private final String title;
        private final List<String> methods;

        Switch(String title, String... methods) {
            this.title = title;
            this.methods = List.of(methods);
        }

        private Path file() {
            return FOLDER.resolve(name());
        }

        private void check() throws IOException {
            var off = Files.exists(file()) ? Files.readAllLines(file()) : List.<String>of();
            if (!new TreeSet<>(off).equals(new TreeSet<>(methods))) {
                throw new IllegalStateException("off are " + off + " instead of " + methods);
            }
        }
    }

    private final Path jar;
    private final Database database;
    private final Duration turn;
    private final Path agent = FOLDER.resolve("off.jar");
    private final Map<Switch, Subject> subjects = new EnumMap<>(Switch.class);
    private final Results results = new Results();

    private SwitchedOff(Path jar, Database database, Duration turn) {
        this.jar = jar;
        this.database = database;
        this.turn = turn;
    }

    /** @param arguments the jar, rounds and seconds */
    public static void main(String[] arguments) {
        int rounds = Integer.parseInt(arguments[1]);
        var turn = Duration.ofSeconds(Long.parseLong(arguments[2]));
        int status = 1;
        try (var server = Database.start(Path.of("target/postgres").toAbsolutePath());
                var off = new SwitchedOff(Path.of(arguments[0]), Database.create(server, "kriya"), turn)) {
            off.start();
            off.measure(rounds);
            off.write();
            status = 0;
        } catch (Exception failed) {
            failed.printStackTrace();
        }
        // Hyperfoil leaves threads behind.
        System.exit(status);
    }

    private void start() throws Exception {
        Files.createDirectories(FOLDER);
        writeAgent();
        for (Switch part : Switch.values()) {
            Files.deleteIfExists(part.file());
            String methods = part.methods.stream().map(","::concat).collect(Collectors.joining());
            var service = Service.kriya(
                    Service.java(HEAP, "-javaagent:" + agent + "=" + part.file() + methods, "-jar", jar.toString()),
                    database,
                    Map.of("TOKEN_CACHE_SIZE", Integer.toString(TOKENS)));
            if (subjects.isEmpty()) {
                Tables.fill(database, TOKENS);
            }
            subjects.put(part, new Subject(service, database, new Calls(TOKENS), TOKENS));
        }
    }

    private void writeAgent() throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Off.class.getName());
        String entry = Off.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(agent), manifest);
                InputStream bytes = Off.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            bytes.transferTo(out);
        }
    }

    private void measure(int rounds) throws IOException {
        subjects.values().forEach(subject -> turn(subject, turn.multipliedBy(5)));
        for (Switch part : Switch.values()) {
            part.check();
        }
        for (int round = 1; round <= rounds; round++) {
            var order = new ArrayList<>(subjects.keySet());
            for (Switch part : round % 2 == 0 ? order.reversed() : order) {
                Sample sample = turn(subjects.get(part), turn);
                results.add(part.title, sample);
                System.err.printf("%d/%d %-50s %6.1f µs%n", round, rounds, part.title, sample.service());
            }
        }
    }

    private static Sample turn(Subject subject, Duration duration) {
        return subject.closed(subject.calls().validate(), Load.CONNECTIONS, duration);
    }

    private void write() {
        var text = new StringBuilder("# A validation with parts of it switched off\n\n");
        text.append("The jar, tokens from the cache: [bench/README.md](../README.md) says how.\n\n");
        text.append("| off | µs of a request | KB allocated | less time, % | within a round, % |\n");
        text.append("|---|---:|---:|---:|---:|\n");
        double[] all = results.values(Switch.NONE.title, Sample::service);
        for (Switch part : Switch.values()) {
            double[] without = results.values(part.title, Sample::service);
            double median = results.median(part.title, Sample::service);
            double less = 100 * (1 - median / results.median(Switch.NONE.title, Sample::service));
            var rounds = Results.Spread.of(IntStream.range(0, all.length)
                    .mapToDouble(round -> 100 * (1 - without[round] / all[round]))
                    .toArray());
            text.append("| %s | %.1f | %.2f | %s | %s |%n"
                    .formatted(
                            part.title,
                            median,
                            results.median(part.title, Sample::kilobytes),
                            part == Switch.NONE ? "" : "%.0f".formatted(less),
                            part == Switch.NONE ? "" : "%.0f to %.0f".formatted(rounds.min(), rounds.max())));
        }
        try {
            Files.writeString(Path.of("results/switched-off.md"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.print(text);
    }

    @Override
    public void close() {
        subjects.values().forEach(subject -> subject.service().close());
    }
}
