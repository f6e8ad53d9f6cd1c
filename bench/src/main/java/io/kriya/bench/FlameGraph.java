package io.kriya.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where the processor time of the service's Java code goes while it validates tokens. */
record FlameGraph(Subject subject) {

    private static final int WIDTH = 1600;
    private static final int ROW = 17;
    private static final double NARROWEST = 4;
    private static final Pattern LAMBDA = Pattern.compile("[./]0x[0-9a-f]+$");
    private static final String EVENT = "jdk.CPUTimeSample";

    /** A frame, and how often it and those that it calls were seen. */
    private static final class Node {
        final Map<String, Node> calls = new TreeMap<>();
        long count;

        int depth() {
            return 1 + calls.values().stream().mapToInt(Node::depth).max().orElse(0);
        }
    }

    void draw(Path svg, Duration duration, Path recording) throws Exception {
        // Cut off, stacks would not have their root in common.
        jcmd("JFR.configure", "stackdepth=512");
        jcmd("JFR.start", "name=validate", EVENT + "#enabled=true", EVENT + "#throttle=1ms");
        Generator.closed(subject.service(), subject.calls().validate(), Load.CONNECTIONS, duration);
        jcmd("JFR.stop", "name=validate", "filename=" + recording);
        Node root = read(recording);
        var text = new StringBuilder();
        int depth = root.depth();
        text.append("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="monospace" font-size="11">
                <style>rect { stroke: white; stroke-width: 0.5 }</style>
                <rect width="100%%" height="100%%" fill="white"/>
                """.formatted(WIDTH, (depth + 1) * ROW));
        append(text, "all", root, 0, depth, (double) WIDTH / root.count);
        Files.writeString(svg, text.append("</svg>\n"));
    }

    private void jcmd(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(Long.toString(subject.service().process().pid()));
        command.addAll(List.of(arguments));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command));
        }
    }

    private static Node read(Path recording) throws IOException {
        var root = new Node();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                if (event.getEventType().getName().equals(EVENT) && event.getStackTrace() != null) {
                    Node node = root;
                    node.count++;
                    for (RecordedFrame frame : event.getStackTrace().getFrames().reversed()) {
                        node = node.calls.computeIfAbsent(name(frame), _ -> new Node());
                        node.count++;
                    }
                }
            }
        }
        return root;
    }

    private static String name(RecordedFrame frame) {
        var method = frame.getMethod();
        return LAMBDA.matcher(method.getType().getName()).replaceFirst("") + "." + method.getName();
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
        if (name.startsWith("io.kriya")) {
            return "#77bb77";
        } else if (name.startsWith("org.hibernate")
                || name.startsWith("io.agroal")
                || name.startsWith("org.postgresql")) {
            return "#ee9966";
        } else if (name.startsWith("java") || name.startsWith("jdk") || name.startsWith("sun")) {
            return "#cccccc";
        }
        return "#99bbdd";
    }
}
