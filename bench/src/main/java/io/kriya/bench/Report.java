package io.kriya.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The results as a table, as JSON and as a picture. */
record Report(
        Options options,
        Results results,
        List<Goals.Goal> goals,
        Map<String, Service.Ready> starts,
        Map<String, Double> memory,
        List<Double> soak,
        String sql,
        double hashMicros) {

    void write(Path folder) throws IOException {
        String tables =
                goalTable() + "\n" + rateTable() + "\n" + costTable() + "\n" + startTable() + "\n" + memoryTable();
        System.out.println(tables);
        Files.writeString(folder.resolve("load.md"), heading() + tables + "\n" + notes());
        Files.writeString(folder.resolve("load.svg"), new Chart(results).svg());
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("load.json").toFile(), json());
    }

    private String heading() {
        return """
                # Load

                Measured on %s at %s, on a machine of %s with Java %s: %d rounds of %d s after a warm-up of %d s, %s of heap%s.
                [bench/README.md](../README.md) says how.

                ![requests a second](load.svg)

                """.formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        options.commit(),
                        machine(),
                        Runtime.version(),
                        options.rounds(),
                        options.turn().toSeconds(),
                        options.warmUp().toSeconds(),
                        options.heap(),
                        options.nativeBinary() == null ? "" : ", the binary " + options.nativeHeap());
    }

    private static String machine() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return "%d cores and %d GB"
                .formatted(system.getAvailableProcessors(), Math.round(system.getTotalMemorySize() / Math.pow(2, 30)));
    }

    private String goalTable() {
        var rows = goals.stream()
                .map(goal -> List.of(
                        goal.what(),
                        "%.2f".formatted(goal.ratio()),
                        "%.2f to %.2f".formatted(goal.least(), goal.greatest()),
                        "%s %.2f".formatted(goal.atLeast() ? "at least" : "at most", goal.target()),
                        goal.isMet() ? "met" : "**missed**"))
                .toList();
        return table(List.of("ratio of medians", "measured", "within a round", "target", ""), rows);
    }

    private String rateTable() {
        var rows = results.all().keySet().stream()
                .map(name -> {
                    var rate = results.spread(name, Sample::rate);
                    return List.of(
                            name,
                            "%,.0f".formatted(rate.median()),
                            "%,.0f".formatted(rate.min()),
                            "%,.0f".formatted(rate.max()),
                            median(name, Sample::p50, "%.2f"),
                            median(name, Sample::p99, "%.2f"),
                            median(name, Sample::p999, "%.2f"),
                            "%d".formatted(results.failures(name)));
                })
                .toList();
        return table(List.of("", "requests/s", "min", "max", "p50 ms", "p99 ms", "p99.9 ms", "failures"), rows);
    }

    private String costTable() {
        var rows = results.all().keySet().stream()
                .map(name -> List.of(
                        name,
                        median(name, Sample::service, "%.0f"),
                        median(name, Sample::database, "%.0f"),
                        median(name, Sample::generator, "%.0f"),
                        median(name, Sample::kilobytes, "%.1f")))
                .toList();
        return table(List.of("for a request", "service µs", "PostgreSQL µs", "generator µs", "KB allocated"), rows);
    }

    private String startTable() {
        var rows = starts.entrySet().stream()
                .map(entry -> List.of(
                        entry.getKey(),
                        "%.0f".formatted(entry.getValue().millis()),
                        "%.0f".formatted(entry.getValue().processorMillis())))
                .toList();
        return table(List.of("start; the jar makes the tables", "ready after ms", "processor ms"), rows);
    }

    private String memoryTable() {
        var rows = memory.entrySet().stream()
                .map(entry -> List.of(entry.getKey(), "%.0f".formatted(entry.getValue())))
                .collect(Collectors.toList());
        if (!soak.isEmpty()) {
            rows.add(List.of(
                    "at 75 %% load, for %d s".formatted(options.soak().toSeconds()),
                    "%.0f to %.0f".formatted(soak.getFirst(), soak.getLast())));
        }
        return table(List.of("resident", "MB"), rows);
    }

    private String notes() {
        return """
                What the service asks the database to validate a token:

                ```sql
                %s
                ```

                pgbench has the server hash the token too, which takes it %.1f µs.
                """.formatted(sql, hashMicros);
    }

    private String median(String name, ToDoubleFunction<Sample> value, String format) {
        double median = results.median(name, value);
        return Double.isNaN(median) ? "" : format.formatted(median);
    }

    /** In Markdown, and to be read as it is. */
    private static String table(List<String> head, List<List<String>> rows) {
        int[] widths = new int[head.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    3,
                    Math.max(
                            head.get(i).length(),
                            rows.stream()
                                    .mapToInt(row -> row.get(column).length())
                                    .max()
                                    .orElse(0)));
        }
        var text = new StringBuilder(line(head, widths)).append('|');
        for (int i = 0; i < widths.length; i++) {
            text.append(i == 0 ? "" : " ").append("-".repeat(widths[i] + (i == 0 ? 2 : 0)));
            text.append(i == 0 ? "|" : ":|");
        }
        text.append('\n');
        rows.forEach(row -> text.append(line(row, widths)));
        return text.toString();
    }

    private static String line(List<String> cells, int[] widths) {
        var line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            line.append((i == 0 ? " %-" : " %").concat(widths[i] + "s |").formatted(cells.get(i)));
        }
        return line.append('\n').toString();
    }

    private Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        json.put("commit", options.commit());
        json.put("machine", machine());
        json.put("java", Runtime.version().toString());
        json.put("rounds", options.rounds());
        json.put("seconds", options.turn().toSeconds());
        json.put("goals", goals);
        json.put("samples", samples());
        json.put("starts", starts);
        json.put("residentMegabytes", memory);
        json.put("soakMegabytes", soak);
        json.put("sql", sql);
        return json;
    }

    /** Without what was not measured: JSON has no NaN. */
    private Map<String, Object> samples() {
        var all = new LinkedHashMap<String, Object>();
        results.all()
                .forEach((name, samples) ->
                        all.put(name, samples.stream().map(Report::measured).toList()));
        return all;
    }

    private static Map<String, Object> measured(Sample sample) {
        var values = new ObjectMapper().convertValue(sample, new TypeReference<LinkedHashMap<String, Object>>() {});
        values.values().removeIf(value -> value.equals(Double.NaN));
        return values;
    }
}
