package io.kriya;

import static io.kriya.Patience.await;

import io.kriya.nativeimage.Tracing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** The packaged Kriya (the native binary where there is one, else the jar) as a process, with an environment of its own. */
public final class KriyaProcess implements AutoCloseable {

    /** For its end, before it is killed. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private static final Path BINARY =
            Path.of(System.getProperty("native.image.path", "none")).toAbsolutePath();

    private final Process process;
    private final Path output;
    private final int port;
    private final int managementPort;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private KriyaProcess(Process process, Path output, int port, int managementPort) {
        this.process = process;
        this.output = output;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** What a deployment has to set. */
    public static Map<String, String> environment(TestPostgres.Database database) {
        return new HashMap<>(Map.of("DATABASE_URL", database.url(), "PLANE_API_KEY", Api.KEY));
    }

    /** For a setting: these milliseconds, more with more patience. */
    public static String timeout(int millis) {
        return Integer.toString(Math.min(millis * Patience.FACTOR, 60_000));
    }

    /** Starts it with this environment and no other, without waiting for it. */
    public static KriyaProcess launch(Map<String, String> environment, String... options) {
        return launchIn(null, environment, options);
    }

    public static KriyaProcess launchIn(Path folder, Map<String, String> environment, String... options) {
        return launchOn(environment.containsKey("PORT") ? -1 : Ports.free(), folder, environment, options);
    }

    /** Starts it on this port. */
    static KriyaProcess launchOn(int port, Map<String, String> environment) {
        return launchOn(port, null, environment);
    }

    private static KriyaProcess launchOn(int port, Path folder, Map<String, String> environment, String... options) {
        int managementPort = Ports.free();
        Map<String, String> all = new HashMap<>(Map.of(
                "PORT",
                Integer.toString(port),
                "MANAGEMENT_PORT",
                Integer.toString(managementPort),
                "HOST",
                "127.0.0.1",
                "LANG",
                "C.UTF-8",
                "LOG_FORMAT",
                "text",
                "SHUTDOWN_DELAY_SECONDS",
                "0"));
        if (Patience.FACTOR > 1) {
            all.put("DATABASE_TIMEOUT_MILLIS", timeout(1_200));
        }
        // Null where the test wants Kriya's own default.
        all.putAll(environment);
        all.values().removeIf(Objects::isNull);
        return launch(folder, all, port, managementPort, program(options));
    }

    /** Runs one of its commands with this environment and nothing more, without waiting for its end. */
    public static KriyaProcess command(Map<String, String> environment, String... words) {
        List<String> command = program();
        command.addAll(List.of(words));
        return launch(null, environment, -1, -1, command);
    }

    private static KriyaProcess launch(
            Path folder, Map<String, String> environment, int port, int managementPort, List<String> command) {
        try {
            Path output = Files.createTempFile("kriya", ".log");
            output.toFile().deleteOnExit();
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            if (folder != null) {
                builder.directory(folder.toFile());
            }
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new KriyaProcess(builder.start(), output, port, managementPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> program(String... options) {
        var command = new ArrayList<String>();
        if (isNative()) {
            command.add(BINARY.toString());
            command.addAll(List.of(options));
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Xmx128m");
            // As in production.
            command.add("-XX:+UseSerialGC");
            // It starts sooner, and lives for seconds.
            command.add("-XX:TieredStopAtLevel=1");
            command.addAll(ClassArchive.options());
            // One that makes an archive can't be traced.
            if (!ClassArchive.options().isEmpty()) {
                command.addAll(Tracing.options());
            }
            command.addAll(List.of(options));
            command.add("-jar");
            command.add(jar().toString());
        }
        return command;
    }

    private static Path jar() {
        Path jar = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
        if (Files.notExists(jar)) {
            throw new IllegalStateException(jar + " is missing. Make it by: ./mvnw package -DskipTests");
        }
        return jar;
    }

    /** Whether a native binary is what is tested. */
    public static boolean isNative() {
        return Files.isExecutable(BINARY);
    }

    /** Starts it and waits until it answers. */
    public static KriyaProcess start(Map<String, String> environment, String... options) {
        var kriya = launch(environment, options);
        try {
            kriya.awaitAnswer();
        } catch (RuntimeException failed) {
            kriya.close();
            throw failed;
        }
        return kriya;
    }

    public static KriyaProcess start(TestPostgres.Database database) {
        return start(environment(database));
    }

    public void awaitAnswer() {
        try {
            await("an answer of Kriya").pollInterval(Duration.ofMillis(50)).until(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException("Kriya ended with " + process.exitValue() + ":\n" + log());
                }
                try {
                    return get("/health").statusCode() == 200;
                } catch (UncheckedIOException notYet) {
                    return false;
                }
            });
        } catch (ConditionTimeoutException late) {
            throw new IllegalStateException("Kriya does not answer:\n" + log(), late);
        }
    }

    /** Whether it wants requests. */
    public boolean isReady() {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (UncheckedIOException gone) {
            return false;
        }
    }

    /** Asks it to end, as a cluster does (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    public int port() {
        return port;
    }

    public Process process() {
        return process;
    }

    /** Everything it has printed so far. */
    public String log() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void awaitLog(String text) {
        try {
            await("\"" + text + "\" in the log").until(() -> log().contains(text));
        } catch (ConditionTimeoutException late) {
            throw new IllegalStateException("\"" + text + "\" is not in the log:\n" + log(), late);
        }
    }

    /** Waits for the end of the process. */
    public int awaitExit() {
        try {
            if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("Kriya goes on:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    /** What Prometheus reads. */
    public String metrics() {
        URI uri = URI.create("http://127.0.0.1:" + managementPort + "/q/metrics");
        return send(HttpRequest.newBuilder(uri).timeout(Patience.LIMIT).build()).body();
    }

    /** The value of a series, written as Prometheus does. */
    public double metric(String series) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(series + " is not among\n" + metrics()));
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("X-API-Key", Api.KEY)
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    public HttpResponse<String> register(String number) {
        return post("/api/auth/register", "{\"phone_number\": \"" + number + "\", \"first_name\": \"Ada\"}");
    }

    public HttpResponse<String> validate(String token) {
        return post("/api/auth/validate-token", "{\"token\": \"" + token + "\"}");
    }

    public HttpResponse<String> logout(String token) {
        return send(request("/api/auth/logout")
                .header("Authorization", "Bearer " + token)
                .DELETE()
                .build());
    }

    /** Whether it lets the holder of this token in. */
    public boolean letsIn(String token) {
        return validate(token).body().contains("Token is valid");
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Patience.LIMIT);
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The token of a registration's answer. */
    public static String tokenOf(HttpResponse<String> registered) {
        return io.restassured.path.json.JsonPath.from(registered.body()).getString("token");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Patience.of(GRACE).toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
