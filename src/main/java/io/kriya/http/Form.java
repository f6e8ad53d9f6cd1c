package io.kriya.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a form or of a query ({@code application/x-www-form-urlencoded}). */
public final class Form {

    private static final int MAX_FIELDS = 100;

    private final Map<String, List<String>> fields;

    private Form(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /** A malformed form, which has no fields. */
    static Form unreadable() {
        return new Form(null);
    }

    /** Whether it is well-formed: percent-encoded UTF-8. */
    public boolean isReadable() {
        return fields != null;
    }

    /** Parses a form or a query; empty if it is malformed. */
    public static Optional<Form> parse(String text) {
        try {
            // A semicolon is not a separator.
            return Optional.of(new Form(
                    new QueryStringDecoder(text == null ? "" : text, StandardCharsets.UTF_8, false, MAX_FIELDS, true)
                            .parameters()));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** The value of a field; empty if it is missing, empty or repeated. */
    public Optional<String> get(String field) {
        List<String> values = values(field);
        return values.size() == 1 && !values.getFirst().isEmpty() ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** Whether a field is repeated, which OAuth forbids (RFC 6749, 3.1 and 3.2). */
    public boolean isRepeated(String field) {
        return values(field).size() > 1;
    }

    /** All fields with their values; none if it is malformed. */
    public Map<String, List<String>> fields() {
        return fields == null ? Map.of() : fields;
    }

    private List<String> values(String field) {
        return fields == null ? List.of() : fields.getOrDefault(field, List.of());
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "Form";
    }
}
