package io.kriya.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests in each second after a start, a line for each product. */
record Curves(Map<String, double[]> rates) {

    private static final int LEFT = 70;
    private static final int TOP = 40;
    private static final int WIDTH = 720;
    private static final int HEIGHT = 300;
    private static final int STEPS = 5;
    private static final List<String> COLORS = List.of("#4477aa", "#ee6677", "#228833", "#ccbb44");

    String svg() {
        double most =
                rates.values().stream().flatMapToDouble(Arrays::stream).max().orElseThrow();
        int seconds = rates.values().iterator().next().length;
        var svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="8" y="18" font-weight="bold">Requests a second, by seconds of load since the start</text>
                """.formatted(LEFT + WIDTH + 20, TOP + HEIGHT + 60));
        for (int step = 0; step <= STEPS; step++) {
            int y = TOP + HEIGHT - HEIGHT * step / STEPS;
            int x = LEFT + WIDTH * step / STEPS;
            svg.append("""
                    <path d="M%d %dh%d" stroke="#dddddd"/>
                    <text x="%d" y="%d" text-anchor="end">%,.0f</text>
                    <text x="%d" y="%d" text-anchor="middle">%d s</text>
                    """.formatted(
                            LEFT,
                            y,
                            WIDTH,
                            LEFT - 6,
                            y + 4,
                            most * step / STEPS,
                            x,
                            TOP + HEIGHT + 18,
                            seconds * step / STEPS));
        }
        int index = 0;
        for (var product : rates.entrySet()) {
            String color = COLORS.get(index % COLORS.size());
            double[] values = product.getValue();
            String points = IntStream.range(0, values.length)
                    .mapToObj(second -> "%.1f,%.1f"
                            .formatted(
                                    LEFT + WIDTH * (second + 0.5) / seconds,
                                    TOP + HEIGHT - HEIGHT * values[second] / most))
                    .collect(Collectors.joining(" "));
            svg.append("""
                    <polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>
                    <rect x="%d" y="%d" width="12" height="12" fill="%s"/>
                    <text x="%d" y="%d">%s</text>
                    """.formatted(
                            points,
                            color,
                            LEFT + 180 * index,
                            TOP + HEIGHT + 32,
                            color,
                            LEFT + 180 * index + 18,
                            TOP + HEIGHT + 42,
                            product.getKey()));
            index++;
        }
        return svg.append("</svg>\n").toString();
    }
}
