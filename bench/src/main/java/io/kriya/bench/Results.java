package io.kriya.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The samples of each contestant, in the order of their first turns. */
final class Results {

    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

    /** The middle one, the least and the greatest. */
    record Spread(double median, double min, double max) {

        static Spread of(double... values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
        }
    }

    void add(String contestant, Sample sample) {
        samples.computeIfAbsent(contestant, _ -> new ArrayList<>()).add(sample);
    }

    Map<String, List<Sample>> all() {
        return samples;
    }

    boolean has(String contestant) {
        return samples.containsKey(contestant);
    }

    /** A value of each turn, in their order. */
    double[] values(String contestant, ToDoubleFunction<Sample> value) {
        return samples.get(contestant).stream().mapToDouble(value).toArray();
    }

    Spread spread(String contestant, ToDoubleFunction<Sample> value) {
        return Spread.of(values(contestant, value));
    }

    double median(String contestant, ToDoubleFunction<Sample> value) {
        return spread(contestant, value).median();
    }

    long failures(String contestant) {
        return samples.get(contestant).stream().mapToLong(Sample::failures).sum();
    }
}
