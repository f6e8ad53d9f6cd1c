package io.kriya.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.http.ApiDocument.Operation;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A request in the making, of which everything can be changed before it is sent. */
final class Draft {

    /** A name and the text of its value, encoded already. */
    record Pair(String name, String value) {}

    final Operation operation;
    final String id;
    final List<Pair> query = new ArrayList<>();
    final List<Pair> headers = new ArrayList<>();
    final List<Pair> fields = new ArrayList<>();
    String method;
    String path;
    boolean isForm;
    boolean hasBody;
    boolean isChunked;

    /** In place of the fields. */
    byte[] body;

    /** How many bytes of it are never sent. */
    int cut;

    /** What was changed. */
    String change = "nothing";

    /** Whether it is no HTTP: it is answered without words then. */
    boolean isMalformed;

    /** Whether it is still one of the operation, however wrong. */
    boolean isOfOperation = true;

    Draft(Operation operation, String id) {
        this.operation = operation;
        this.id = id;
        method = operation.method();
        path = operation.path();
    }

    void remove(List<Pair> from, String name) {
        from.removeIf(pair -> pair.name().equalsIgnoreCase(name));
    }

    void replace(List<Pair> in, String name, String value) {
        in.replaceAll(pair -> pair.name().equalsIgnoreCase(name) ? new Pair(pair.name(), value) : pair);
    }

    byte[] bytesOfBody() {
        if (body != null) {
            return body;
        }
        String text = isForm
                ? joined(fields, "=", "&")
                : fields.stream()
                        .map(field -> "\"" + field.name() + "\": " + field.value())
                        .collect(Collectors.joining(", ", "{", "}"));
        return text.getBytes(UTF_8);
    }

    private static String joined(List<Pair> pairs, String between, String after) {
        return pairs.stream().map(pair -> pair.name() + between + pair.value()).collect(Collectors.joining(after));
    }

    /** All of it, as it is sent. */
    byte[] bytes() {
        var head = new StringBuilder(method + " " + path);
        if (!query.isEmpty()) {
            head.append('?').append(joined(query, "=", "&"));
        }
        head.append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Request-ID: ").append(id).append("\r\n");
        headers.forEach(header ->
                head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        byte[] content = hasBody || body != null ? bytesOfBody() : new byte[0];
        var out = new ByteArrayOutputStream();
        if (isChunked) {
            head.append("Transfer-Encoding: chunked\r\n\r\n");
            out.writeBytes(head.toString().getBytes(ISO_8859_1));
            for (int start = 0; start < content.length; start += 1000) {
                int length = Math.min(1000, content.length - start);
                out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
                out.write(content, start, length);
                out.writeBytes("\r\n".getBytes(ISO_8859_1));
            }
            out.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
        } else {
            if (hasBody || body != null) {
                head.append("Content-Length: ").append(content.length).append("\r\n");
            }
            out.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
            out.writeBytes(content);
        }
        byte[] all = out.toByteArray();
        return cut == 0 ? all : Arrays.copyOf(all, Math.max(1, all.length - cut));
    }

    /** For whoever reads of a failure; what is long or unreadable is shortened. */
    @Override
    public String toString() {
        String text = new String(bytes(), ISO_8859_1)
                .replace("\r\n", "⏎")
                .codePoints()
                .mapToObj(c -> c < ' ' ? "\\x%02x".formatted(c) : Character.toString(c))
                .collect(Collectors.joining());
        return change + ": " + (text.length() > 700 ? text.substring(0, 700) + "… (" + text.length() + ")" : text);
    }
}
