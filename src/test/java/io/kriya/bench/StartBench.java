package io.kriya.bench;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.Ports;
import io.kriya.TestPostgres;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Time to the first ready answer, and resident memory: see bench/README.md. */
class StartBench {

    private static final int ROUNDS = 5;
    private static final int REQUESTS = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();

    private record Product(List<String> command, Path folder) {}

    private record Sample(double millis, double megabytes) {}

    @Test
    void compare() throws Exception {
        var samples = new LinkedHashMap<String, List<Sample>>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (var product : products().entrySet()) {
                var sample = measure(product.getValue());
                if (round > 0) {
                    samples.computeIfAbsent(product.getKey(), _ -> new ArrayList<>())
                            .add(sample);
                }
            }
        }
        print("first ready answer, ms", samples, Sample::millis);
        print("resident after " + REQUESTS + " requests, MB", samples, Sample::megabytes);
    }

    private static Map<String, Product> products() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var products = new LinkedHashMap<String, Product>();
        products.put(
                "plain jar",
                new Product(
                        List.of(java, "-Xmx128m", "-XX:+UseSerialGC", "-jar", "quarkus-run.jar"),
                        Path.of("target/plain-app")));
        products.put(
                "jar with AOT cache",
                new Product(
                        List.of(
                                java,
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-XX:AOTMode=on",
                                "-XX:AOTCache=app.aot",
                                "-jar",
                                "quarkus-run.jar"),
                        Path.of("target/quarkus-app")));
        String binary = System.getProperty("bench.native", "");
        if (!binary.isEmpty()) {
            products.put("native binary", new Product(List.of(binary, "-Xmx128m"), Path.of("target")));
        }
        return products;
    }

    private Sample measure(Product product) throws Exception {
        int port = Ports.free();
        var builder = new ProcessBuilder(product.command())
                .directory(product.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File("target/start-bench.log"));
        var environment = builder.environment();
        environment.clear();
        environment.putAll(KriyaProcess.environment(TestPostgres.database()));
        environment.put("DATABASE_TIMEOUT_MILLIS", "60000");
        environment.put("SHUTDOWN_DELAY_SECONDS", "0");
        environment.put("HOST", "127.0.0.1");
        environment.put("PORT", Integer.toString(port));
        environment.put("MANAGEMENT_PORT", Integer.toString(Ports.free()));
        long launched = System.nanoTime();
        var process = builder.start();
        try {
            awaitReady(process, port);
            double millis = (System.nanoTime() - launched) / 1e6;
            for (int i = 0; i < REQUESTS; i++) {
                send(port, i % 2 == 0 ? register() : validate());
            }
            return new Sample(millis, residentMegabytes(process));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private void awaitReady(Process process, int port) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var ready = HttpRequest.newBuilder().GET();
        while (!answers(port, ready)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(Files.readString(Path.of("target/start-bench.log")));
            }
            Thread.sleep(2);
        }
    }

    private boolean answers(int port, HttpRequest.Builder request) throws InterruptedException {
        try {
            return client.send(
                                    request.uri(uri(port, "/q/health/ready"))
                                            .timeout(PATIENCE)
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private record Call(String path, String body) {}

    private static Call register() {
        return new Call("/api/auth/register", "{\"phone_number\": \"" + Api.number() + "\", \"first_name\": \"Ada\"}");
    }

    private static Call validate() {
        return new Call("/api/auth/validate-token", "{\"token\": \"kriya_unknown\"}");
    }

    private void send(int port, Call call) throws Exception {
        int status = client.send(
                        HttpRequest.newBuilder(uri(port, call.path()))
                                .header("Content-Type", "application/json")
                                .header("X-API-Key", Api.KEY)
                                .POST(HttpRequest.BodyPublishers.ofString(call.body()))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw new IllegalStateException(call.path() + " answers " + status);
        }
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static double residentMegabytes(Process process) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void print(String what, Map<String, List<Sample>> samples, ToDoubleFunction<Sample> value) {
        double plain = values(samples.get("plain jar"), value)[ROUNDS / 2];
        System.out.printf("%n%-36s %8s %8s %8s %10s%n", what, "min", "median", "max", "to plain");
        samples.forEach((name, taken) -> {
            double[] sorted = values(taken, value);
            System.out.printf(
                    "  %-34s %8.0f %8.0f %8.0f %10.2f%n",
                    name, sorted[0], sorted[ROUNDS / 2], sorted[ROUNDS - 1], sorted[ROUNDS / 2] / plain);
        });
    }

    private static double[] values(List<Sample> taken, ToDoubleFunction<Sample> value) {
        return taken.stream().mapToDouble(value).sorted().toArray();
    }
}
