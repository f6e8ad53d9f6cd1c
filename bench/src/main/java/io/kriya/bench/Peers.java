package io.kriya.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Kriya beside other servers that introspect tokens: see bench/README.md. */
public final class Peers {

    private static final int CONNECTIONS = 32;
    private static final int TOKENS = 100_000;
    private static final int TOKENS_OF_PEERS = 100;
    private static final String KEYCLOAK = "Keycloak: introspect";
    private static final String HEAP = "512m";

    private Peers() {}

    private record Contestant(Service service, Call call) {}

    /** @param arguments Keycloak's folder, that of the built Spring server, Kriya's jar, rounds, seconds, maybe a native binary */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[3]);
        var turn = Duration.ofSeconds(Long.parseLong(arguments[4]));
        int status = 1;
        try (var server = Database.start(Path.of("target/postgres").toAbsolutePath());
                var keycloak = Keycloak.start(Path.of(arguments[0]), Database.create(server, "keycloak"), HEAP);
                var spring = SpringServer.start(Path.of(arguments[1]), Database.create(server, "spring"), HEAP)) {
            var database = Database.create(server, "kriya");
            var contestants = new LinkedHashMap<String, Contestant>();
            contestants.put(KEYCLOAK, new Contestant(keycloak.service(), keycloak.introspect(TOKENS_OF_PEERS)));
            contestants.put(
                    "Spring Authorization Server: introspect",
                    new Contestant(spring.service(), spring.introspect(TOKENS_OF_PEERS)));
            String jar = arguments[2];
            start(contestants, "Kriya, jar", Service.jar(Path.of(jar), HEAP), database);
            if (arguments.length > 5) {
                start(contestants, "Kriya, native", List.of(arguments[5], "-Xmx" + HEAP), database);
            }
            Tables.fill(database, TOKENS);
            measure(contestants, rounds, turn);
            contestants.values().forEach(contestant -> contestant.service().close());
            status = 0;
        } catch (Exception failed) {
            failed.printStackTrace();
        }
        // Hyperfoil leaves threads behind.
        System.exit(status);
    }

    private static void start(Map<String, Contestant> contestants, String name, List<String> command, Database database)
            throws Exception {
        var calls = new Calls(TOKENS);
        var cold = Service.kriya(command, database, Map.of("TOKEN_CACHE_SIZE", "0"));
        var warm = Service.kriya(command, database, Map.of("TOKEN_CACHE_SIZE", Integer.toString(TOKENS)));
        contestants.put(name + ": introspect, not seen", new Contestant(cold, calls.introspect()));
        contestants.put(name + ": introspect, hot set", new Contestant(warm, calls.introspect()));
        contestants.put(name + ": validate, hot set", new Contestant(warm, calls.validate()));
        contestants.put(name + ": register, known number", new Contestant(cold, calls.registerKnown()));
    }

    private static void measure(Map<String, Contestant> contestants, int rounds, Duration turn) throws IOException {
        var results = new Results();
        for (int round = 0; round <= rounds; round++) {
            for (var contestant : contestants.entrySet()) {
                Contestant one = contestant.getValue();
                one.call().check(one.service());
                double before = Processor.micros(one.service().process());
                // Round 0 is the warm-up.
                var outcome = Generator.closed(
                        one.service(), one.call(), CONNECTIONS, round == 0 ? turn.multipliedBy(5) : turn);
                double cost = (Processor.micros(one.service().process()) - before) / Math.max(1, outcome.requests());
                System.err.printf(
                        "%d/%d %-40s %,9.0f/s %5.0f us%n", round, rounds, contestant.getKey(), outcome.rate(), cost);
                if (round > 0) {
                    results.add(contestant.getKey(), Sample.of(outcome, cost));
                }
            }
        }
        write(results);
    }

    private static void write(Results results) throws IOException {
        var text = new StringBuilder("# Peers\n\nIntrospection by others and by Kriya: ");
        text.append("[bench/README.md](../README.md) says how.\n\n");
        text.append("| | requests/s | min | max | µs of its processor time | times Keycloak's rate | failures |\n");
        text.append("|---|---:|---:|---:|---:|---:|---:|\n");
        results.all().keySet().forEach(name -> {
            var rate = results.spread(name, Sample::rate);
            text.append("| %s | %,.0f | %,.0f | %,.0f | %.0f | %.1f | %d |\n"
                    .formatted(
                            name,
                            rate.median(),
                            rate.min(),
                            rate.max(),
                            results.median(name, Sample::service),
                            rate.median() / results.median(KEYCLOAK, Sample::rate),
                            results.failures(name)));
        });
        Files.writeString(Path.of("results/peers.md"), text);
        System.out.print(text);
    }
}
