package io.kriya.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How fast each product is from its first request on: see bench/README.md. */
public final class WarmUp {

    private static final int TOKENS = 10_000;
    private static final String HEAP = "256m";
    private static final Path RESULTS = Path.of("results");

    /** Of its last seconds' rate: the warm-up ends with the first three seconds in a row that reach it. */
    private static final double WARM = 0.9;

    private static final int LAST = 10;
    private static final int IN_A_ROW = 3;

    private WarmUp() {}

    /** @param arguments the plain jar, the jar with an AOT cache beside it, rounds, seconds, and maybe a native binary */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[2]);
        var duration = Duration.ofSeconds(Long.parseLong(arguments[3]));
        var products = new LinkedHashMap<String, List<String>>();
        products.put("jar", Service.jar(Path.of(arguments[0]), HEAP));
        products.put("jar with AOT cache", Service.cachedJar(Path.of(arguments[1]), HEAP));
        if (arguments.length > 4) {
            products.put("native", List.of(arguments[4], "-Xmx" + HEAP));
        }
        int status = 1;
        try (var server = Database.start(Path.of("target/postgres").toAbsolutePath())) {
            var database = Database.create(server, "kriya");
            // The first start makes the tables.
            start(products.get("jar"), database).close();
            Tables.fill(database, TOKENS);
            var rounds = new LinkedHashMap<String, List<double[]>>();
            for (int round = 1; round <= count; round++) {
                for (var product : products.entrySet()) {
                    double[] rates = measure(product.getValue(), database, duration);
                    rounds.computeIfAbsent(product.getKey(), _ -> new ArrayList<>())
                            .add(rates);
                    System.err.printf(
                            "%d/%d %-20s %3d s %,8.0f/s%n",
                            round, count, product.getKey(), warmAfter(rates), last(rates));
                }
            }
            write(rounds);
            status = 0;
        } catch (Exception failed) {
            failed.printStackTrace();
        }
        // Hyperfoil leaves threads behind.
        System.exit(status);
    }

    private static Service start(List<String> command, Database database) throws Exception {
        return Service.kriya(command, database, Map.of("TOKEN_CACHE_SIZE", Integer.toString(TOKENS)));
    }

    private static double[] measure(List<String> command, Database database, Duration duration) throws Exception {
        try (var service = start(command, database)) {
            var outcome = Generator.closed(service, new Calls(TOKENS).validate(), Load.CONNECTIONS, duration);
            // The last second may be incomplete.
            return Arrays.copyOf(outcome.bySecond(), (int) duration.toSeconds() - 1);
        }
    }

    /** Seconds until it had 90 % of its last rate; all of them if it never had. */
    private static int warmAfter(double[] rates) {
        double enough = WARM * last(rates);
        for (int second = 0; second + IN_A_ROW <= rates.length; second++) {
            if (Arrays.stream(rates, second, second + IN_A_ROW).allMatch(rate -> rate >= enough)) {
                return second;
            }
        }
        return rates.length;
    }

    private static double last(double[] rates) {
        return median(Arrays.copyOfRange(rates, rates.length - LAST, rates.length));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double[] medians(List<double[]> rounds) {
        return IntStream.range(0, rounds.getFirst().length)
                .mapToDouble(second -> median(
                        rounds.stream().mapToDouble(rates -> rates[second]).toArray()))
                .toArray();
    }

    private static void write(Map<String, List<double[]>> rounds) throws IOException {
        var json = new LinkedHashMap<String, Object>();
        var curves = new LinkedHashMap<String, double[]>();
        rounds.forEach((product, all) -> {
            double[] seconds =
                    all.stream().mapToDouble(WarmUp::warmAfter).sorted().toArray();
            double[] rates = medians(all);
            curves.put(product, rates);
            json.put(
                    product,
                    Map.of("secondsTo90Percent", seconds, "requestsInEachSecond", rates, "lastRate", last(rates)));
            System.out.printf(
                    "| %-20s | %,8.0f/s in the first second | %,8.0f/s at last | 90 %% after %.0f s (%.0f to %.0f) |%n",
                    product, rates[0], last(rates), median(seconds), seconds[0], seconds[seconds.length - 1]);
        });
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(RESULTS.resolve("warm-up.json").toFile(), json);
        Files.writeString(RESULTS.resolve("warm-up.svg"), new Curves(curves).svg());
    }
}
