package io.kriya.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a form or of a query ({@code application/x-www-form-urlencoded}). */
public final class Form {

    private static final int MOST_FIELDS = 100;

    private final Map<String, List<String>> fields;

    private Form(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /** One that can't be read: it has no field. */
    static Form unreadable() {
        return new Form(null);
    }

    /** Whether it can be read: a percent sign stands before two digits of a byte, and all of it is UTF-8. */
    public boolean isReadable() {
        return fields != null;
    }

    /** Reads one; empty where it can't be read. */
    public static Optional<Form> parse(String text) {
        try {
            // A semicolon is part of a value.
            return Optional.of(new Form(
                    new QueryStringDecoder(text == null ? "" : text, StandardCharsets.UTF_8, false, MOST_FIELDS, true)
                            .parameters()));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** The one value of a field; empty where it is missing, or empty, or has several. */
    public Optional<String> get(String field) {
        List<String> values = values(field);
        return values.size() == 1 && !values.getFirst().isEmpty() ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** Whether a field is there more than once, which no request of OAuth may have (RFC 6749, 3.1 and 3.2). */
    public boolean isRepeated(String field) {
        return values(field).size() > 1;
    }

    private List<String> values(String field) {
        return fields == null ? List.of() : fields.getOrDefault(field, List.of());
    }

    /** Says nothing of what was sent. */
    @Override
    public String toString() {
        return "Form";
    }
}
