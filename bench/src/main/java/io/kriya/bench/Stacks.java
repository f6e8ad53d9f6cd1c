package io.kriya.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stacks that a profiler saw, from the thread's start to what ran, and how much of what it counts each had. */
record Stacks(Map<List<String>, Long> counts) {

    /** Of lines such as {@code Thread.run;NioEventLoop.run;EPoll.wait 12}. */
    static Stacks parse(Stream<String> lines) {
        return new Stacks(lines.filter(line -> line.indexOf(' ') > 0)
                .collect(Collectors.toMap(
                        line -> frames(line.substring(0, line.lastIndexOf(' '))),
                        line -> Long.valueOf(line.substring(line.lastIndexOf(' ') + 1)),
                        Long::sum)));
    }

    private static List<String> frames(String stack) {
        return Arrays.stream(stack.split(";"))
                .map(frame -> frame.replace('/', '.'))
                .toList();
    }

    /** The share of each part. */
    Map<Part, Double> shares() {
        double total = counts.values().stream().mapToLong(Long::longValue).sum();
        Map<Part, Double> shares = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            shares.put(part, 0.0);
        }
        counts.forEach((frames, count) -> shares.merge(Part.of(frames), count / total, Double::sum));
        return shares;
    }
}
