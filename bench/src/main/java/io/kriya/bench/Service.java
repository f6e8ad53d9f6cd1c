package io.kriya.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A server under test as a process: the packaged Kriya, as in production but for its address, or a baseline. As in
 * production, it logs to a pipe that is read.
 */
final class Service implements AutoCloseable {

    static final String KEY = "plane-key-for-the-benchmark-only";

    private static final String READY = "/q/health/ready";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final int managementPort = Ports.free();
    private final String readyPath;
    private final boolean hasMetrics;
    private final Log log;
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
    static List<String> jar(Path jar, String heap) {
        return java(heap, "-jar", jar.toString());
    }

    /**
     * The command that starts a jar with the AOT cache beside it, as in the image: the cache refuses options that change
     * modules, such as those of {@link #java}.
     */
    static List<String> cachedJar(Path jar, String heap) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:+UseTransparentHugePages",
                "-XX:AOTMode=on",
                "-XX:AOTCache=" + jar.resolveSibling("app.aot"),
                "-jar",
                jar.toString());
    }

    /** The command that starts a JVM. */
    static List<String> java(String heap, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:+UseTransparentHugePages",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Kriya, as a jar or as a native binary. */
    static Service kriya(List<String> command, Database database, Map<String, String> settings) throws Exception {
        return kriya(command, database.url(), settings);
    }

    /** The same on another server, by the URL of its database. */
    static Service kriya(List<String> command, String database, Map<String, String> settings) throws Exception {
        var environment = new HashMap<>(Map.of(
                "DATABASE_URL", database,
                "DATABASE_TIMEOUT_MILLIS", "20000",
                "PLANE_API_KEY", KEY,
                "HOST", "127.0.0.1",
                "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
                "SHUTDOWN_DELAY_SECONDS", "0"));
        environment.putAll(settings);
        return new Service(command, environment, "PORT", READY, true);
    }

    /**
     * Another server.
     *
     * @param port the environment variable that has its port
     * @param ready the path that answers 200 once it serves
     */
    static Service other(List<String> command, Map<String, String> settings, String port, String ready)
            throws Exception {
        return new Service(command, settings, port, ready, false);
    }

    /** Another server whose settings say that it listens on this port, and answers any path. */
    static Service listening(List<String> command, int port) throws Exception {
        return new Service(command, Map.of(), port, "PORT", "/", false);
    }

    private Service(
            List<String> command, Map<String, String> settings, String portName, String readyPath, boolean hasMetrics)
            throws Exception {
        this(command, settings, Ports.free(), portName, readyPath, hasMetrics);
    }

    private Service(
            List<String> command,
            Map<String, String> settings,
            int port,
            String portName,
            String readyPath,
            boolean hasMetrics)
            throws Exception {
        this.port = port;
        this.readyPath = readyPath;
        this.hasMetrics = hasMetrics;
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        portName,
                        Integer.toString(port),
                        "MANAGEMENT_PORT",
                        Integer.toString(managementPort),
                        "LANG",
                        "C.UTF-8"));
        builder.environment().putAll(settings);
        long launched = System.nanoTime();
        process = builder.start();
        log = Log.read(process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        awaitReady();
        ready = new Ready((System.nanoTime() - launched) / 1e6, Processor.micros(process.toHandle()) / 1e3);
    }

    private void awaitReady() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("The service does not start:\n" + log.end());
            }
            Thread.sleep(2);
        }
    }

    private boolean isReady() {
        try {
            return send(request(readyPath)).statusCode() == 200;
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

    /** The value of a metric, 0 where it is not there yet, and NaN of a baseline. */
    double metric(String name) {
        if (!hasMetrics) {
            return Double.NaN;
        }
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
