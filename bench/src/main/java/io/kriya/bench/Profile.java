package io.kriya.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What each part of a request costs: see bench/README.md. */
public final class Profile implements AutoCloseable {

    private static final int TOKENS = 10_000;
    private static final String HEAP = "256m";
    private static final Path RESULTS = Path.of("results").toAbsolutePath();
    private static final Path FOLDER = Path.of("target/profile").toAbsolutePath();

    private final Database database;
    private final Duration turn;
    private final List<Service> services = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    /** A column of the table: how much of something a request takes, by part. */
    private record Column(String title, String format, double ofRequest, Map<Part, Double> shares) {}

    private Profile(Database database, Duration turn) {
        this.database = database;
        this.turn = turn;
    }

    /** @param arguments the jar with its AOT cache beside it, seconds, and maybe a native binary that has symbols and frame pointers */
    public static void main(String[] arguments) {
        var turn = Duration.ofSeconds(Long.parseLong(arguments[1]));
        int status = 1;
        try (var server = Database.start(Path.of("target/postgres").toAbsolutePath());
                var profile = new Profile(Database.create(server, "kriya"), turn)) {
            Files.createDirectories(FOLDER);
            profile.jar(Path.of(arguments[0]));
            profile.firstSeconds(Path.of(arguments[0]));
            profile.profileLogins(Path.of(arguments[0]));
            if (arguments.length > 2) {
                profile.binary(arguments[2]);
            }
            profile.write();
            status = 0;
        } catch (Exception failed) {
            failed.printStackTrace();
        }
        // Hyperfoil leaves threads behind.
        System.exit(status);
    }

    private void jar(Path jar) throws Exception {
        var command = command(jar);
        Subject cached = subject(command, TOKENS);
        Tables.fill(database, TOKENS);
        Subject cold = subject(command, 0);
        profileJar(cached, "jar, from the cache", "jar");
        profileJar(cold, "jar, cold", "jar-cold");
    }

    /** From the first request on, with the AOT cache. */
    private void firstSeconds(Path jar) throws Exception {
        Subject starting = subject(Service.cachedJar(jar, HEAP), TOKENS);
        Call call = starting.calls().validate();
        profile(
                starting,
                "jar with AOT cache, first " + turn.toSeconds() + " s",
                "first-seconds",
                () -> starting.closed(call, Load.CONNECTIONS, turn));
    }

    private static List<String> command(Path jar) {
        return Service.java(
                HEAP,
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+DebugNonSafepoints",
                "-XX:+EnableDynamicAgentLoading",
                "-jar",
                jar.toString());
    }

    private void profileJar(Subject subject, String title, String file) throws Exception {
        Call call = subject.calls().validate();
        subject.closed(call, Load.CONNECTIONS, turn.multipliedBy(3));
        profile(subject, title, "validate-" + file, () -> subject.closed(call, Load.CONNECTIONS, turn));
        var allocation = new Sample[1];
        var stacks = Profiler.ofJvm(
                subject.service(),
                Profiler.ALLOCATION,
                FOLDER,
                () -> allocation[0] = subject.closed(call, Load.CONNECTIONS, turn));
        add(title + ", KB", "%.2f", allocation[0].kilobytes(), stacks);
    }

    /** Of the processor time of a JVM. */
    private void profile(Subject subject, String title, String file, Supplier<Sample> load) throws Exception {
        var processor = new Sample[1];
        Stacks stacks = Profiler.ofJvm(subject.service(), Profiler.PROCESSOR, FOLDER, () -> processor[0] = load.get());
        add(title + ", µs", "%.1f", processor[0].service(), stacks);
        new FlameGraph(stacks).draw(RESULTS.resolve(file + ".svg"));
    }

    /** Users who have no code to prove, and ones who have. */
    private void profileLogins(Path jar) throws Exception {
        Subject registering = subject(command(jar), 0);
        Call register = registering.calls().registerKnown();
        registering.closed(register, Load.CONNECTIONS, turn.multipliedBy(3));
        profile(
                registering,
                "jar, register",
                "register-jar",
                () -> registering.closed(register, Load.CONNECTIONS, turn));
        Tables.addVerified(database, Verification.NUMBERS);
        try (var verification = new Verification()) {
            Subject verifying = subject(command(jar), verification.settings());
            verification.warmUp(verifying, turn.multipliedBy(3), turn);
            verification.sendCodes(verifying);
            profile(
                    verifying,
                    "jar, verify",
                    "verify-jar",
                    () -> verifying.closed(verification.verify(), Load.CONNECTIONS, Verification.longest(turn)));
        }
    }

    private void binary(String binary) throws Exception {
        var command = List.of(binary, "-Xmx" + HEAP);
        profileNative(subject(command, TOKENS), "native, from the cache", "native");
        profileNative(subject(command, 0), "native, cold", "native-cold");
    }

    private void profileNative(Subject subject, String title, String file) throws Exception {
        Call call = subject.calls().validate();
        subject.closed(call, Load.CONNECTIONS, turn);
        var processor = new Sample[1];
        Stacks stacks = Profiler.ofNative(
                subject.service(), turn, FOLDER, () -> processor[0] = subject.closed(call, Load.CONNECTIONS, turn));
        add(title + ", µs", "%.1f", processor[0].service(), stacks);
        new FlameGraph(stacks).draw(RESULTS.resolve("validate-" + file + ".svg"));
    }

    private Subject subject(List<String> command, int cacheSize) throws Exception {
        return subject(command, Map.of("TOKEN_CACHE_SIZE", Integer.toString(cacheSize)));
    }

    private Subject subject(List<String> command, Map<String, String> settings) throws Exception {
        var service = Service.kriya(command, database, settings);
        services.add(service);
        return new Subject(service, database, new Calls(TOKENS), TOKENS);
    }

    private void add(String title, String format, double ofRequest, Stacks stacks) {
        columns.add(new Column(title, format, ofRequest, stacks.shares()));
    }

    private void write() throws IOException {
        var text = new StringBuilder("# The parts of a request\n\n");
        text.append(
                "What validate-token, register and verify cost, by part: [bench/README.md](../README.md) says how.\n\n| part |");
        columns.forEach(column -> text.append(" ").append(column.title).append(" |"));
        text.append("\n|---|").repeat("---:|", columns.size()).append('\n');
        for (Part part : Part.values()) {
            row(text, part.title, column -> column.shares.get(part) * column.ofRequest);
        }
        row(text, "all", Column::ofRequest);
        Files.writeString(RESULTS.resolve("parts.md"), text);
        System.out.print(text);
    }

    private interface Cell {
        double of(Column column);
    }

    private void row(StringBuilder text, String title, Cell cell) {
        text.append("| ").append(title).append(" |");
        columns.forEach(column -> text.append(" ")
                .append(column.format.formatted(cell.of(column)))
                .append(" |"));
        text.append('\n');
    }

    @Override
    public void close() {
        services.forEach(Service::close);
    }
}
