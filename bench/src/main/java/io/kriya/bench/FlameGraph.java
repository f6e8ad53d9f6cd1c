package io.kriya.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A picture of stacks: each box is as wide as what it and those above it take. */
record FlameGraph(Stacks stacks) {

    private static final int WIDTH = 1600;
    private static final int ROW = 17;
    private static final double NARROWEST = 4;
    private static final Pattern LAMBDA = Pattern.compile("[./]0x[0-9a-f]+");

    /** A frame, and how often it and those that it calls were seen. */
    private static final class Node {
        final Map<String, Node> calls = new TreeMap<>();
        long count;

        /** Of those that are drawn. */
        int depth(double least) {
            return 1
                    + calls.values().stream()
                            .filter(node -> node.count >= least)
                            .mapToInt(node -> node.depth(least))
                            .max()
                            .orElse(0);
        }
    }

    void draw(Path svg) throws IOException {
        var root = new Node();
        stacks.counts().forEach((frames, count) -> {
            Node node = root;
            node.count += count;
            for (String frame : frames) {
                node = node.calls.computeIfAbsent(LAMBDA.matcher(frame).replaceFirst(""), _ -> new Node());
                node.count += count;
            }
        });
        var text = new StringBuilder();
        double scale = (double) WIDTH / root.count;
        int depth = root.depth(NARROWEST / scale);
        text.append("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="monospace" font-size="11">
                <style>rect { stroke: white; stroke-width: 0.5 }</style>
                <rect width="100%%" height="100%%" fill="white"/>
                """.formatted(WIDTH, (depth + 1) * ROW));
        append(text, "all", root, 0, depth, scale);
        Files.writeString(svg, text.append("</svg>\n"));
    }

    private static void append(StringBuilder text, String name, Node node, double x, int row, double scale) {
        double width = node.count * scale;
        if (width < NARROWEST) {
            return;
        }
        String escaped = name.replace("<", "&lt;").replace(">", "&gt;");
        String brief = escaped.substring(escaped.lastIndexOf('.', Math.max(0, escaped.lastIndexOf('.') - 1)) + 1);
        String box = "<g><title>%s %.1f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>";
        text.append(box.formatted(escaped, 100 * width / WIDTH, x, (row - 1) * ROW, width, ROW, color(name)));
        int fits = (int) (width / 7) - 1;
        if (fits > 2 && !brief.contains("&")) {
            text.append("<text x=\"%.1f\" y=\"%d\">%s</text>"
                    .formatted(x + 3, row * ROW - 5, brief.substring(0, Math.min(fits, brief.length()))));
        }
        text.append("</g>\n");
        double left = x;
        for (var call : node.calls.entrySet()) {
            append(text, call.getKey(), call.getValue(), left, row - 1, scale);
            left += call.getValue().count * scale;
        }
    }

    private static String color(String name) {
        return switch (Part.of(List.of(name))) {
            case ACCESS_LOG, METRICS, REQUEST_ID, API_KEY, JSON_IN, TOKEN -> "#77bb77";
            case DATABASE -> "#ee9966";
            case SYSTEM_CALLS, GARBAGE, COMPILER -> "#ddbb77";
            case OTHER -> "#cccccc";
            default -> "#99bbdd";
        };
    }
}
