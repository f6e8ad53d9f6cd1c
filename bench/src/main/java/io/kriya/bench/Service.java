package io.kriya.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged Kriya as a process, as in production but for its address. */
final class Service implements AutoCloseable {

    static final String KEY = "plane-key-for-the-benchmark-only";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private final Path log;
    private final Process process;
    private final Ready ready;

    /**
     * What it took to be ready.
     *
     * @param millis from the launch to the first ready answer
     * @param processorMillis of the service's processor time
     */
    record Ready(double millis, double processorMillis) {}

    /** The command that starts a jar. */
    static List<String> jar(Path jar) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-XX:+UseSerialGC", "-jar", jar.toString());
    }

    Service(List<String> command, Path log, Database database, String heap, Map<String, String> settings)
            throws Exception {
        this.log = log;
        // It appends, so that the file can be emptied meanwhile.
        var output = ProcessBuilder.Redirect.appendTo(log.toFile());
        var withHeap = new ArrayList<>(command);
        withHeap.add(1, "-Xmx" + heap);
        var builder = new ProcessBuilder(withHeap)
                .directory(log.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "DATABASE_URL", database.url(),
                        "DATABASE_TIMEOUT_MILLIS", "20000",
                        "PLANE_API_KEY", KEY,
                        "HOST", "127.0.0.1",
                        "PORT", Integer.toString(port),
                        "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
                        "MANAGEMENT_PORT", Integer.toString(managementPort),
                        "SHUTDOWN_DELAY_SECONDS", "0",
                        "LANG", "C.UTF-8"));
        builder.environment().putAll(settings);
        long launched = System.nanoTime();
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        awaitReady();
        ready = new Ready((System.nanoTime() - launched) / 1e6, Processor.micros(process.toHandle()) / 1e3);
    }

    private void awaitReady() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("Kriya does not start:\n" + Files.readString(log));
            }
            Thread.sleep(2);
        }
    }

    private boolean isReady() {
        try {
            return send(request("/q/health/ready")).statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    Ready ready() {
        return ready;
    }

    int port() {
        return port;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of a metric, 0 where it is not there yet. */
    double metric(String name) {
        URI uri = URI.create("http://127.0.0.1:" + managementPort + "/q/metrics");
        return send(HttpRequest.newBuilder(uri))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    double residentMegabytes() {
        return megabytes("VmRSS:");
    }

    /** Of the resident memory, what is no unchanged page of a file. */
    double privateMegabytes() {
        return megabytes("RssAnon:");
    }

    private double megabytes(String field) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A day of requests is many gigabytes. */
    void emptyLog() {
        try (var _ = FileChannel.open(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            // Opening empties it.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(30))) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
