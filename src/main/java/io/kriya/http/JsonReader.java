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
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Reads the JSON of a request, and says what is wrong with it without quoting it. The server's own kind of reader: for
 * any other the annotations of the resource are read anew, by reflection, at every request.
 */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class JsonReader implements ServerMessageBodyReader<Record> {

    /** The longest name of a field of any request has 20 characters; others are ignored, but not at any length. */
    static final int MAX_NAME = 100;

    static final int MAX_NUMBER = 1000;
    static final int MAX_DEPTH = 100;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * Of each process: it has a seed that nobody may know. It keeps no name of a field for the next request, or clients
     * could fill the memory with names.
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
    public boolean isReadable(Class<?> type, Type generic, ResteasyReactiveResourceInfo resource, MediaType media) {
        return type.isRecord();
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type.isRecord();
    }

    @Override
    public Record readFrom(Class<Record> type, Type generic, MediaType media, ServerRequestContext request)
            throws IOException {
        String length = request.getRequestHeaders().getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return read(type, request.getInputStream(), length);
    }

    @Override
    public Record readFrom(
            Class<Record> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return read(type, body, headers.getFirst(HttpHeaders.CONTENT_LENGTH));
    }

    private Record read(Class<Record> type, InputStream body, String length) throws IOException {
        byte[] bytes = BodyLimit.read(body, length);
        JsonNode fields;
        try (JsonParser parser = parser(bytes)) {
            fields = fields(parser);
        } catch (StreamConstraintsException excessive) {
            throw new ProblemException(
                    ErrorCode.MALFORMED_JSON,
                    new Violation(
                            "body",
                            "has a name of more than %d characters, a number of more than %d digits, or more than %d levels"
                                    .formatted(MAX_NAME, MAX_NUMBER, MAX_DEPTH)));
        } catch (JsonProcessingException | CharacterCodingException malformed) {
            throw new ProblemException(ErrorCode.MALFORMED_JSON, new Violation("body", "is not valid JSON"));
        }
        try {
            return fields == null ? null : json.treeToValue(fields, type);
        } catch (MismatchedInputException mistyped) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, violation(mistyped));
        }
    }

    /** Decoded here: a parser that keeps no names would put replacements for what is not UTF-8. */
    private JsonParser parser(byte[] bytes) throws IOException {
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        int start = text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK ? 1 : 0;
        return factory.createParser(text.array(), start, text.limit() - start);
    }

    /**
     * The top level of an object, where the last of two equal keys wins (a record's constructor takes no second value);
     * null where there is nothing. What is neither text nor null is skipped undecoded, with an empty object in its
     * place: no field of any request takes it.
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
                .map(field -> new Violation(field, "must be a string"))
                .orElseGet(() -> new Violation("body", "must be a JSON object"));
    }
}
