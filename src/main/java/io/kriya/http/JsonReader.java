package io.kriya.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.error.Violation;
import io.kriya.http.connection.BodyLimit;
import io.kriya.validation.ViolationCode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the JSON of requests; its errors never quote the body. The last of two equal keys wins. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class JsonReader extends BodyReader<Record> {

    /** The maximum length of a field name; the longest in use has 20 characters, and unknown fields are ignored. */
    static final int MAX_NAME = 100;

    static final int MAX_NUMBER = 1000;
    static final int MAX_DEPTH = 100;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * Without a cache of field names, which clients could fill. Not static: its hash seed must not be in a native
     * binary.
     */
    private final JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(MAX_NAME)
                    .maxStringLength(BodyLimit.BYTES)
                    .maxNumberLength(MAX_NUMBER)
                    .maxNestingDepth(MAX_DEPTH)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final ObjectMapper json;

    JsonReader(ObjectMapper json) {
        this.json = json;
    }

    @Override
    boolean canRead(Class<?> type) {
        return type.isRecord();
    }

    @Override
    Record read(Class<Record> type, byte[] body) throws IOException {
        JsonNode fields;
        try (JsonParser parser = parser(body)) {
            fields = fields(parser);
        } catch (StreamConstraintsException excessive) {
            throw new ProblemException(
                    ErrorCode.MALFORMED_JSON,
                    new Violation(
                            "body",
                            ViolationCode.TOO_LONG,
                            "has a name of more than %d characters, a number of more than %d digits, or more than %d levels"
                                    .formatted(MAX_NAME, MAX_NUMBER, MAX_DEPTH)));
        } catch (JsonProcessingException | CharacterCodingException malformed) {
            throw new ProblemException(
                    ErrorCode.MALFORMED_JSON, new Violation("body", ViolationCode.MALFORMED, "is not valid JSON"));
        }
        try {
            return fields == null ? null : json.treeToValue(fields, type);
        } catch (MismatchedInputException mistyped) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, violation(mistyped));
        }
    }

    /** Decodes the bytes, as Jackson without its cache of names would replace invalid UTF-8 instead of refusing it. */
    private JsonParser parser(byte[] bytes) throws IOException {
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        int start = text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK ? 1 : 0;
        return factory.createParser(text.array(), start, text.limit() - start);
    }

    /**
     * The top level of an object; null for an empty body. A value that is neither a string nor null becomes an empty
     * object, which no field accepts. (Jackson alone fails on a second value for a record's component.)
     */
    private JsonNode fields(JsonParser parser) throws IOException {
        JsonToken start = parser.nextToken();
        if (start == null) {
            return null;
        }
        ObjectNode fields = json.createObjectNode();
        if (start == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                switch (parser.nextToken()) {
                    case VALUE_STRING -> fields.put(name, parser.getText());
                    case VALUE_NULL -> fields.putNull(name);
                    default -> {
                        parser.skipChildren();
                        fields.putObject(name);
                    }
                }
            }
        } else {
            parser.skipChildren();
        }
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "something follows");
        }
        return switch (start) {
            case START_OBJECT -> fields;
            case VALUE_NULL -> null;
            default -> json.createArrayNode();
        };
    }

    private static Violation violation(MismatchedInputException mistyped) {
        return mistyped.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .findFirst()
                .map(field -> new Violation(field, ViolationCode.WRONG_TYPE, "must be a string"))
                .orElseGet(() -> new Violation("body", ViolationCode.WRONG_TYPE, "must be a JSON object"));
    }
}
