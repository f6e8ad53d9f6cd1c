package io.kriya.bench;

import java.util.List;

/** Requests a second of each contestant that goes as fast as it can: the median as a bar, the range as a line. */
record Chart(Results results) {

    private static final int LABEL = 380;
    private static final int WIDTH = 480;
    private static final int ROW = 24;

    String svg() {
        List<String> names = results.all().keySet().stream()
                .filter(name -> !name.contains("open loop"))
                .toList();
        double most = names.stream()
                .mapToDouble(name -> results.spread(name, Sample::rate).max())
                .max()
                .orElseThrow();
        var svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="8" y="18" font-weight="bold">Requests a second: median, least and most</text>
                """.formatted(LABEL + WIDTH + 80, (names.size() + 2) * ROW));
        for (int i = 0; i < names.size(); i++) {
            var rate = results.spread(names.get(i), Sample::rate);
            int y = (i + 1) * ROW + 6;
            svg.append("""
                    <text x="%1$d" y="%2$d" text-anchor="end">%3$s</text>
                    <rect x="%4$d" y="%5$d" width="%6$d" height="14" fill="%7$s"/>
                    <path d="M%8$d %9$dH%10$d" stroke="black"/>
                    <text x="%11$d" y="%2$d">%12$,.0f</text>
                    """.formatted(
                            LABEL - 8,
                            y + 11,
                            names.get(i),
                            LABEL,
                            y,
                            Math.round(rate.median() / most * WIDTH),
                            color(names.get(i)),
                            LABEL + Math.round(rate.min() / most * WIDTH),
                            y + 7,
                            LABEL + Math.round(rate.max() / most * WIDTH),
                            LABEL + Math.round(rate.max() / most * WIDTH) + 6,
                            rate.median()));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String color(String name) {
        return name.startsWith("floor") || name.startsWith("pgbench") ? "#bbbbbb" : "#4477aa";
    }
}
