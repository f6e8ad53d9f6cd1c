package io.kriya.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL's own load generator. */
final class PgBench {

    static final int CLIENTS = 32;

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern DONE = Pattern.compile("transactions actually processed: ([0-9]+)");

    private final Path binary = find();

    /** What came of it. */
    record Outcome(long transactions, double rate) {}

    private static Path find() {
        Stream<Path> onPath = Arrays.stream(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "pgbench"));
        try (var installed = Files.exists(Path.of("/usr/lib/postgresql"))
                ? Files.list(Path.of("/usr/lib/postgresql"))
                : Stream.<Path>empty()) {
            var versions =
                    installed.map(version -> version.resolve("bin/pgbench")).sorted(Comparator.reverseOrder());
            return Stream.concat(onPath, versions)
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "There is no pgbench, neither on the PATH nor in /usr/lib/postgresql/*/bin."
                                    + " It comes with PostgreSQL; Debian's package is postgresql."));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Outcome run(Database database, Path script, int size, Duration duration) {
        var command = List.of(
                binary.toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + CLIENTS,
                "--jobs=2",
                "--time=" + duration.toSeconds(),
                "--define=size=" + size,
                "--file=" + script,
                "--host=127.0.0.1",
                "--port=" + database.port(),
                "--username=postgres",
                database.name());
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            // As in the service's sessions.
            builder.environment().put("PGOPTIONS", "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off");
            var process = builder.start();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
            return new Outcome((long) number(DONE, output), number(RATE, output));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double number(Pattern pattern, String output) {
        var matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException(output);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
