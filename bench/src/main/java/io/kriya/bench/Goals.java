package io.kriya.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What is to be reached, and whether it was. */
final class Goals {

    /**
     * A ratio of two medians.
     *
     * @param least of the ratios within one round
     * @param atLeast whether the target is a lower bound, else an upper one
     */
    record Goal(String what, double ratio, double least, double greatest, boolean atLeast, double target) {

        boolean isMet() {
            return atLeast ? ratio >= target : ratio <= target;
        }
    }

    private final Results results;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(Results results) {
        this.results = results;
    }

    static List<Goal> of(Results results, Options options, List<Double> soak) {
        var goals = new Goals(results);
        int size = options.mainSize();
        String notSeen = Contestants.notSeen(size, Load.CONNECTIONS);
        String hot = Contestants.hot(size);
        goals.rates("hot set : bare Vert.x", hot, Contestants.VERTX, 0.65);
        goals.rates("hot set : bare Quarkus REST", hot, Contestants.REST, 0.75);
        goals.rates("native, hot set : bare Vert.x", Contestants.byNative(hot), Contestants.VERTX, 0.35);
        goals.rates("native, hot set : jar", Contestants.byNative(hot), hot, 0.6);
        goals.rates("native, not seen : jar", Contestants.byNative(notSeen), notSeen, 0.6);
        goals.rates("not seen : pgbench, one look-up a statement", notSeen, Contestants.pgbench(size), 0.8);
        goals.rates(
                "native, not seen : pgbench, one look-up a statement",
                Contestants.byNative(notSeen),
                Contestants.pgbench(size),
                0.5);
        goals.rates("introspect, hot set : validate, hot set", Contestants.INTROSPECT, hot, 0.9);
        goals.rates("health : bare Vert.x", Contestants.HEALTH, Contestants.VERTX_GET, 0.8);
        goals.rates("malformed : bare Vert.x", Contestants.MALFORMED, Contestants.VERTX, 0.65);
        goals.rates("wrong key : bare Vert.x", Contestants.WRONG_KEY, Contestants.VERTX, 0.65);
        goals.rates("register, known : pgbench, same statements", Contestants.KNOWN, Contestants.PGBENCH_KNOWN, 0.7);
        goals.rates("verify : register, known", Contestants.VERIFY, Contestants.KNOWN, 0.5);
        goals.add(
                "processor time of the service, register : validate, not seen",
                Contestants.KNOWN,
                Sample::service,
                notSeen,
                Sample::service,
                false,
                5);
        int least = options.sizes().getFirst();
        int most = options.sizes().getLast();
        if (least < most) {
            goals.add(
                    "not seen, %,d tokens : %,d, of the same of pgbench".formatted(most, least),
                    goals.ofPgbench(most),
                    goals.ofPgbench(least),
                    true,
                    0.9);
        }
        goals.rates("not seen, 128 connections : 32", Contestants.notSeen(size, 128), notSeen, 1);
        goals.add(
                "p99 at 50 %% load, %,d rows being deleted : not".formatted(options.expired()),
                Contestants.CLEANING,
                Sample::p99,
                Contestants.QUIET,
                Sample::p99,
                false,
                1.5);
        goals.add(
                "p99 : p50 at 50 % load",
                Contestants.open(50), Sample::p99, Contestants.open(50), Sample::p50, false, 3);
        String nativeHalf = Contestants.byNative(Contestants.open(50));
        goals.add("native, p99 : p50 at 50 % load", nativeHalf, Sample::p99, nativeHalf, Sample::p50, false, 3);
        goals.growth(soak);
        return goals.goals;
    }

    private void rates(String what, String contestant, String other, double target) {
        add(what, contestant, Sample::rate, other, Sample::rate, true, target);
    }

    private void add(
            String what,
            String contestant,
            ToDoubleFunction<Sample> value,
            String other,
            ToDoubleFunction<Sample> otherValue,
            boolean atLeast,
            double target) {
        if (!results.has(contestant) || !results.has(other)) {
            return;
        }
        add(what, results.values(contestant, value), results.values(other, otherValue), atLeast, target);
    }

    /** @param over the values of the rounds, in their order */
    private void add(String what, double[] over, double[] under, boolean atLeast, double target) {
        double[] rounds = quotients(over, under);
        Arrays.sort(rounds);
        double ratio =
                Results.Spread.of(over).median() / Results.Spread.of(under).median();
        goals.add(new Goal(what, ratio, rounds[0], rounds[rounds.length - 1], atLeast, target));
    }

    /** What the service reaches in each round of what PostgreSQL alone does with as many tokens. */
    private double[] ofPgbench(int size) {
        return quotients(
                results.values(Contestants.notSeen(size, Load.CONNECTIONS), Sample::rate),
                results.values(Contestants.pgbench(size), Sample::rate));
    }

    private static double[] quotients(double[] over, double[] under) {
        return IntStream.range(0, Math.min(over.length, under.length))
                .mapToDouble(i -> over[i] / under[i])
                .toArray();
    }

    /** The last fifth of the time to the second: in the first, memory that is used for the first time still comes in. */
    private void growth(List<Double> soak) {
        int fifth = soak.size() / 5;
        if (fifth > 0) {
            double[] memory = soak.stream().mapToDouble(Double::doubleValue).toArray();
            double early = mean(Arrays.copyOfRange(memory, fifth, 2 * fifth));
            double late = mean(Arrays.copyOfRange(memory, memory.length - fifth, memory.length));
            double ratio = late / early;
            goals.add(new Goal("resident memory, end : start of a long load", ratio, ratio, ratio, false, 1.02));
        }
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
