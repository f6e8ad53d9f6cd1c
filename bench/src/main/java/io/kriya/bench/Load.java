package io.kriya.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What Kriya bears beside what HTTP and PostgreSQL alone bear: see bench/README.md. */
public final class Load implements AutoCloseable {

    static final int CONNECTIONS = 32;

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path JAR = ROOT.resolve("target/quarkus-app/quarkus-run.jar");
    private static final Path SCRIPTS = Path.of("pgbench").toAbsolutePath();
    private static final Path RESULTS = Path.of("results").toAbsolutePath();
    private static final Duration SLICE = Duration.ofSeconds(5);

    /** For how long a clean-up is watched; all of it would take minutes. */
    private static final Duration CLEANING = Duration.ofSeconds(40);

    private final Options options;
    private final EmbeddedPostgres server;
    private final PgBench pgbench = new PgBench();
    private final Results results = new Results();
    private final Map<String, Double> memory = new LinkedHashMap<>();
    private final Map<String, Service.Ready> starts = new LinkedHashMap<>();
    private final List<Double> soak = new ArrayList<>();
    private final Map<Integer, Subject> subjects = new LinkedHashMap<>();
    private final List<Service> services = new ArrayList<>();
    private Subject main;
    private Subject cached;
    private Subject cachedLargest;
    private Subject vertx;
    private Subject rest;
    private Subject nginx;
    private Subject verifying;
    private Subject nativeMain;
    private Subject nativeCached;

    private final Verification verification;

    private record Contestant(String name, Supplier<Sample> turn) {}

    private Load(Options options, EmbeddedPostgres server, Verification verification) {
        this.options = options;
        this.verification = verification;
        this.server = server;
    }

    public static void main(String[] arguments) {
        int status = 1;
        try {
            var options = Options.parse(arguments);
            Files.createDirectories(RESULTS);
            try (var server = Database.start(TARGET.resolve("postgres"));
                    var verification = new Verification();
                    var load = new Load(options, server, verification)) {
                load.run();
            }
            status = 0;
        } catch (Exception failed) {
            failed.printStackTrace();
        }
        // Hyperfoil leaves threads behind.
        System.exit(status);
    }

    private void run() throws Exception {
        start();
        warmUp();
        main.calls().validate().check(main.service());
        String sql = main.database().query("""
                select query from pg_stat_activity
                where datname = '%s' and query like '%%token_hash%%' and pid <> pg_backend_pid() limit 1
                """.formatted(main.database().name()));
        inTurns(closedLoop());
        double most = results.median(Contestants.notSeen(main.size(), CONNECTIONS), Sample::rate);
        inTurns(openLoop(most));
        inTurns(List.of(
                new Contestant(Contestants.QUIET, () -> resting(most)),
                new Contestant(Contestants.CLEANING, () -> cleaning(most))));
        watchMemory(most);
        new Revocation(main.service(), cached.service()).measure(RESULTS.resolve("revocation.json"));
        Tables.restore(main.database());
        memory.put("under load", results.median(Contestants.notSeen(main.size(), CONNECTIONS), Sample::resident));
        var goals = Goals.of(results, options, soak);
        double hash = Tables.hashMicros(main.database());
        new Report(options, results, goals, starts, memory, soak, sql, hash).write(RESULTS);
    }

    private void start() throws Exception {
        for (int size : options.sizes()) {
            var database = Database.create(server, "kriya_" + size);
            var service = service("kriya-" + size, jar(options.heap()), database, 0);
            if (size == options.mainSize()) {
                remember("jar", service);
            }
            say("filling the tables of %,d tokens", size);
            Tables.fill(database, size);
            subjects.put(size, new Subject(service, database, new Calls(size), size));
        }
        main = subjects.get(options.mainSize());
        Path floors = ROOT.resolve("bench/floors/target/quarkus-app");
        String classes = "%1$s/lib/main/*:%1$s/lib/boot/*:%1$s/app/*".formatted(floors);
        vertx = baseline("bare Vert.x", Service.java(options.heap(), "-cp", classes, "io.kriya.floor.BareVertx"));
        rest = baseline("bare Quarkus REST", Service.jar(floors.resolve("quarkus-run.jar"), options.heap()));
        nginx = nginx();
        verifying = verifying();
        cached = withCache(main);
        Subject largest = subjects.get(options.sizes().getLast());
        cachedLargest = largest.size() > options.cacheSize() ? withCache(largest) : null;
        if (options.nativeBinary() != null) {
            startNative();
        }
    }

    private void startNative() throws Exception {
        var service = service("native", binary(options.nativeHeap()), main.database(), 0);
        remember("native", service);
        nativeMain = new Subject(service, main.database(), main.calls(), main.size());
        var withCache = service("native-cache", binary(options.cacheHeap()), main.database(), options.cacheSize());
        nativeCached = new Subject(withCache, main.database(), cached.calls(), main.size());
    }

    private void remember(String product, Service service) {
        starts.put(product, service.ready());
        memory.put(product + ", idle", service.residentMegabytes());
        memory.put(product + ", idle, private", service.privateMegabytes());
    }

    private static List<String> jar(String heap) {
        return Service.jar(JAR, heap);
    }

    private List<String> binary(String heap) {
        return List.of(options.nativeBinary().toString(), "-Xmx" + heap);
    }

    private Subject baseline(String name, List<String> command) throws Exception {
        say("starting %s", name);
        var service = Service.other(command, Map.of("PLANE_API_KEY", Service.KEY), "PORT", "/q/health/ready");
        services.add(service);
        return new Subject(service, main.database(), main.calls(), main.size());
    }

    /** Null where none is installed. */
    private Subject nginx() throws Exception {
        int port = Ports.free();
        var command = Nginx.command(TARGET.resolve("nginx"), port);
        if (command.isEmpty()) {
            say("there is no nginx: one of the floors is left out");
            return null;
        }
        say("starting nginx");
        var service = Service.listening(command.get(), port);
        services.add(service);
        return new Subject(service, main.database(), main.calls(), main.size());
    }

    private Subject verifying() throws Exception {
        Tables.addVerified(main.database(), Verification.NUMBERS);
        var service = service("verify", jar(options.heap()), main.database(), verification.settings());
        return new Subject(service, main.database(), main.calls(), main.size());
    }

    private Subject withCache(Subject subject) throws Exception {
        var service = service(
                "kriya-%d-cache".formatted(subject.size()),
                jar(options.cacheHeap()),
                subject.database(),
                options.cacheSize());
        return new Subject(service, subject.database(), new Calls(subject.size()), subject.size());
    }

    private Service service(String name, List<String> command, Database database, int cacheSize) throws Exception {
        return service(name, command, database, Map.of("TOKEN_CACHE_SIZE", Integer.toString(cacheSize)));
    }

    private Service service(String name, List<String> command, Database database, Map<String, String> settings)
            throws Exception {
        say("starting %s", name);
        var all = new HashMap<>(settings);
        all.put("TOKEN_CLEANUP_MINUTES", "1440");
        var service = Service.kriya(command, database, all);
        services.add(service);
        return service;
    }

    private void warmUp() {
        for (Subject subject : subjects.values()) {
            warmUp(subject, subject.calls().validate(), options.warmUp());
        }
        if (cachedLargest != null) {
            warmUp(cachedLargest, cachedLargest.calls().validate(), options.warmUp());
        }
        warmUp(cached, cached.calls().validate(), options.warmUp());
        Calls calls = main.calls();
        for (Subject baseline : List.of(vertx, rest)) {
            warmUp(baseline, calls.validate(), options.warmUp());
            warmUp(baseline, calls.health(), options.warmUp().dividedBy(3));
        }
        warmUp(cached, calls.introspect(), options.warmUp().dividedBy(3));
        if (nativeMain != null) {
            warmUp(nativeCached, calls.introspect(), options.warmUp().dividedBy(3));
            warmUp(nativeMain, calls.health(), options.warmUp().dividedBy(3));
            warmUp(nativeMain, calls.validate(), options.warmUp().dividedBy(3));
            warmUp(nativeMain, calls.registerKnown(), options.warmUp().dividedBy(3));
            warmUp(nativeCached, calls.validate(), options.warmUp().dividedBy(3));
        }
        for (Call call : List.of(
                calls.health(),
                calls.unknown(),
                calls.malformed(),
                calls.wrongKey(),
                calls.registerKnown(),
                calls.registerNew(),
                calls.logout())) {
            warmUp(main, call, options.warmUp().dividedBy(3));
        }
        say("warming up /api/auth/verify");
        verification.warmUp(verifying, options.warmUp().dividedBy(3), options.turn());
        Tables.restore(main.database());
        memory.put("after warm-up", main.service().residentMegabytes());
        memory.put("with a cache, after warm-up", cached.service().residentMegabytes());
    }

    private void warmUp(Subject subject, Call call, Duration duration) {
        say("warming up %s of %,d tokens", call.path(), subject.size());
        call.check(subject.service());
        Generator.closed(subject.service(), call, CONNECTIONS, duration);
    }

    private List<Contestant> closedLoop() {
        var contestants = new ArrayList<Contestant>();
        Calls calls = main.calls();
        contestants.add(closed(Contestants.VERTX, vertx, calls.validate()));
        if (nginx != null) {
            contestants.add(closed(Contestants.NGINX, nginx, calls.validate()));
        }
        contestants.add(closed(Contestants.REST, rest, calls.validate()));
        contestants.add(closed(Contestants.VERTX_GET, vertx, calls.health()));
        contestants.add(closed(Contestants.HEALTH, main, calls.health()));
        contestants.add(halfLoad(Contestants.VERTX_OPEN, vertx));
        contestants.add(new Contestant(
                Contestants.PGBENCH_BATCH,
                () -> main.pgbench(pgbench, SCRIPTS.resolve("validate-batch.sql"), options.turn())));
        subjects.forEach((size, subject) -> {
            contestants.add(new Contestant(
                    Contestants.pgbench(size),
                    () -> subject.pgbench(pgbench, SCRIPTS.resolve("validate.sql"), options.turn())));
            Call validate = subject.calls().validate();
            for (int connections : subject == main ? List.of(1, 8, CONNECTIONS, 128) : List.of(CONNECTIONS)) {
                contestants.add(new Contestant(
                        Contestants.notSeen(size, connections),
                        () -> subject.closed(validate, connections, options.turn())));
            }
        });
        if (cachedLargest != null) {
            Call validate = cachedLargest.calls().validate();
            contestants.add(new Contestant(
                    Contestants.cacheMiss(cachedLargest.size()),
                    () -> cachedLargest.closed(validate, CONNECTIONS, options.turn())));
        }
        contestants.add(new Contestant(
                Contestants.hot(cached.size()), () -> hot(cached, cached.calls().validate())));
        contestants.add(new Contestant(
                Contestants.INTROSPECT, () -> hot(cached, cached.calls().introspect())));
        if (nativeMain != null) {
            contestants.add(new Contestant(
                    Contestants.byNative(Contestants.notSeen(main.size(), CONNECTIONS)),
                    () -> nativeMain.closed(calls.validate(), CONNECTIONS, options.turn())));
            contestants.add(new Contestant(
                    Contestants.byNative(Contestants.hot(nativeCached.size())),
                    () -> hot(nativeCached, nativeCached.calls().validate())));
            contestants.add(new Contestant(
                    Contestants.byNative(Contestants.INTROSPECT),
                    () -> hot(nativeCached, nativeCached.calls().introspect())));
            contestants.add(closed(Contestants.byNative(Contestants.HEALTH), nativeMain, calls.health()));
            contestants.add(halfLoad(Contestants.byNative(Contestants.open(50)), nativeMain));
            contestants.add(writing(
                    Contestants.byNative(Contestants.KNOWN),
                    () -> nativeMain.closed(calls.registerKnown(), CONNECTIONS, options.turn())));
        }
        contestants.add(closed(Contestants.UNKNOWN, main, calls.unknown()));
        contestants.add(closed(Contestants.MALFORMED, main, calls.malformed()));
        contestants.add(closed(Contestants.WRONG_KEY, main, calls.wrongKey()));
        contestants.add(writing(
                Contestants.PGBENCH_KNOWN,
                () -> main.pgbench(pgbench, SCRIPTS.resolve("register-known.sql"), options.turn())));
        contestants.add(writing(closed(Contestants.KNOWN, main, calls.registerKnown())));
        contestants.add(writing(
                Contestants.PGBENCH_NEW,
                () -> main.pgbench(pgbench, SCRIPTS.resolve("register-new.sql"), options.turn())));
        contestants.add(writing(closed(Contestants.NEW, main, calls.registerNew())));
        contestants.add(writing(Contestants.VERIFY, () -> verification.run(verifying, options.turn())));
        contestants.add(writing(closed(Contestants.LOGOUT, main, calls.logout())));
        return contestants;
    }

    private Contestant closed(String name, Subject subject, Call call) {
        return new Contestant(name, () -> subject.closed(call, CONNECTIONS, options.turn()));
    }

    /** At half of the rate that it reaches just before. */
    private Contestant halfLoad(String name, Subject subject) {
        Call validate = main.calls().validate();
        return new Contestant(name, () -> {
            double most = subject.closed(validate, CONNECTIONS, options.turn()).rate();
            return subject.open(validate, CONNECTIONS, (int) (most / 2), options.turn());
        });
    }

    private Contestant writing(Contestant contestant) {
        return writing(contestant.name(), contestant.turn());
    }

    /** What was written is gone before the next turn, so that the tables do not grow. */
    private Contestant writing(String name, Supplier<Sample> turn) {
        return new Contestant(name, () -> {
            Sample sample = turn.get();
            Tables.restore(main.database());
            return sample;
        });
    }

    /** What others changed has left the cache: all is asked for once before it counts. */
    private Sample hot(Subject subject, Call call) {
        Call validate = subject.calls().validate();
        long asked = 0;
        while (asked < subject.size()) {
            asked += Generator.closed(subject.service(), validate, CONNECTIONS, Duration.ofSeconds(1))
                    .requests();
        }
        return subject.closed(call, CONNECTIONS, options.turn());
    }

    private List<Contestant> openLoop(double most) {
        var contestants = new ArrayList<Contestant>();
        for (int percent : List.of(25, 50, 75)) {
            contestants.add(new Contestant(
                    Contestants.open(percent),
                    () -> main.open(
                            main.calls().validate(), CONNECTIONS, (int) (most * percent / 100), options.turn())));
        }
        return contestants;
    }

    private Sample resting(double most) {
        say("adding %,d expired rows", options.expired());
        Tables.addExpired(main.database(), options.expired(), main.size());
        return main.open(main.calls().validate(), CONNECTIONS, (int) (most / 2), SLICE);
    }

    private Sample cleaning(double most) {
        Call validate = main.calls().validate();
        Service service = main.service();
        long began = System.nanoTime();
        var answer = CompletableFuture.supplyAsync(() -> service.send(service.request("/api/auth/cleanup-tokens")
                .header("X-API-Key", Service.KEY)
                .POST(BodyPublishers.noBody())));
        Sample sample = main.measure(() -> {
            var outcome = Generator.open(service, validate, CONNECTIONS, (int) (most / 2), SLICE);
            while (!answer.isDone() && System.nanoTime() - began < CLEANING.toNanos()) {
                var next = Generator.open(service, validate, CONNECTIONS, (int) (most / 2), SLICE);
                // One that the clean-up ended in says less of it.
                outcome = answer.isDone() ? outcome : outcome.plus(next);
            }
            return outcome;
        });
        Tables.dropExpired(main.database());
        if (answer.join().statusCode() != 200) {
            throw new IllegalStateException(
                    "The clean-up fails: " + answer.join().body());
        }
        say("%s", answer.join().body());
        Tables.vacuum(main.database());
        return sample;
    }

    private void watchMemory(double most) {
        say("watching memory for %d s", options.soak().toSeconds());
        Call validate = main.calls().validate();
        for (long passed = 0; passed < options.soak().toSeconds(); passed += SLICE.toSeconds()) {
            Sample sample = main.open(validate, CONNECTIONS, (int) (most * 3 / 4), SLICE);
            results.add(Contestants.SOAK, sample);
            soak.add(sample.resident());
        }
    }

    /** So that whatever else the machine does strikes all alike. */
    private void inTurns(List<Contestant> contestants) {
        for (int round = 1; round <= options.rounds(); round++) {
            for (Contestant contestant : contestants) {
                Sample sample = contestant.turn().get();
                results.add(contestant.name(), sample);
                say(
                        "%d/%d %-60s %,9.0f/s  p99 %.1f ms",
                        round, options.rounds(), contestant.name(), sample.rate(), sample.p99());
            }
        }
    }

    private static void say(String format, Object... values) {
        System.err.println(format.formatted(values));
    }

    @Override
    public void close() {
        services.forEach(Service::close);
    }
}
