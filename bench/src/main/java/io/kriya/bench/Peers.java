package io.kriya.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Kriya beside another server that validates tokens: see bench/README.md. */
public final class Peers {

    private static final int CONNECTIONS = 32;
    private static final int TOKENS = 100_000;
    private static final int LOGINS = 100;
    private static final String HEAP = "512m";

    private Peers() {}

    private record Contestant(Service service, Call call) {}

    /** @param arguments the folder of Keycloak, the jar of Kriya, rounds, seconds, and maybe a native binary */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[2]);
        var turn = Duration.ofSeconds(Long.parseLong(arguments[3]));
        int status = 1;
        try (var server = Database.start(Path.of("target/postgres").toAbsolutePath());
                var keycloak = Keycloak.start(Path.of(arguments[0]), Database.create(server, "keycloak"), HEAP)) {
            var database = Database.create(server, "kriya");
            var contestants = new LinkedHashMap<String, Contestant>();
            contestants.put("Keycloak: introspect", new Contestant(keycloak.service(), keycloak.introspect(LOGINS)));
            String jar = arguments[1];
            start(contestants, "Kriya, jar", Service.jar(Path.of(jar), HEAP), database);
            if (arguments.length > 4) {
                start(contestants, "Kriya, native", List.of(arguments[4], "-Xmx" + HEAP), database);
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

    private static void measure(Map<String, Contestant> contestants, int rounds, Duration turn) {
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
        results.all().keySet().forEach(name -> {
            var rate = results.spread(name, Sample::rate);
            double of = results.median("Keycloak: introspect", Sample::rate);
            System.out.printf(
                    "| %-42s | %,8.0f | %,8.0f | %,8.0f | %6.0f | %6.1f | %d |%n",
                    name,
                    rate.median(),
                    rate.min(),
                    rate.max(),
                    results.median(name, Sample::service),
                    rate.median() / of,
                    results.failures(name));
        });
    }
}
