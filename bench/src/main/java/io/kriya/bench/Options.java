package io.kriya.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to measure.
 *
 * @param sizes numbers of tokens, in ascending order
 * @param rounds how often each contestant has its turn
 * @param turn how long a turn takes
 * @param warmUp of the hot path of every process
 * @param heap of the jar
 * @param nativeHeap of the native binary
 * @param cacheHeap of the one that keeps tokens in memory
 * @param cacheSize how many tokens that one keeps
 * @param expired how many expired tokens are cleaned up
 * @param soak how long memory is watched
 * @param commit what is measured
 * @param nativeBinary measured beside the jar, or null
 */
record Options(
        List<Integer> sizes,
        int rounds,
        Duration turn,
        Duration warmUp,
        String heap,
        String nativeHeap,
        String cacheHeap,
        int cacheSize,
        int expired,
        Duration soak,
        String commit,
        Path nativeBinary) {

    static Options parse(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            given.put(parts[0], parts.length < 2 ? "true" : parts[1]);
        }
        var options = new Options(
                Arrays.stream(take(given, "--sizes", "10000,100000,5000000").split(","))
                        .map(Integer::valueOf)
                        .sorted()
                        .toList(),
                Integer.parseInt(take(given, "--rounds", "5")),
                seconds(take(given, "--seconds", "8")),
                seconds(take(given, "--warmup", "60")),
                take(given, "--heap", "256m"),
                take(given, "--native-heap", "96m"),
                take(given, "--cache-heap", "256m"),
                Integer.parseInt(take(given, "--cache-size", "100000")),
                Integer.parseInt(take(given, "--expired", "1000000")),
                seconds(take(given, "--soak", "300")),
                take(given, "--commit", "unknown"),
                Optional.ofNullable(given.remove("--native")).map(Path::of).orElse(null));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("No such option: " + String.join(", ", given.keySet()));
        }
        return options;
    }

    private static String take(Map<String, String> given, String name, String otherwise) {
        String value = given.remove(name);
        return value == null ? otherwise : value;
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(Long.parseLong(text));
    }

    /** The size that everything is measured at. */
    int mainSize() {
        return sizes.contains(100_000) ? 100_000 : sizes.getLast();
    }
}
