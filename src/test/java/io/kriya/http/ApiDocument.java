package io.kriya.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.kriya.http.connection.RawConnection.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What Kriya says of itself in OpenAPI, and whether its answers are so. */
final class ApiDocument {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> schemas = new HashMap<>();

    /** An operation that is described. */
    record Operation(String path, String method, JsonNode description) {

        String id() {
            return description.get("operationId").asText();
        }
    }

    ApiDocument(String json) throws JsonProcessingException {
        document = JSON.readTree(json);
        // A field that is not described is one that clients lose.
        document.at("/components/schemas").forEach(ApiDocument::close);
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties")) {
            object.put("additionalProperties", false);
            object.get("properties").forEach(property -> close(property.path("items")));
        }
    }

    List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        document.get("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> operations.add(
                        new Operation(path.getKey(), method.getKey().toUpperCase(Locale.ROOT), method.getValue()))));
        return operations;
    }

    /** Where it is elsewhere in the document, that. */
    JsonNode resolved(JsonNode described) {
        return described.has("$ref")
                ? document.at(described.get("$ref").asText().substring(1))
                : described;
    }

    /** What is wrong with an answer to an operation; empty where it is as described. */
    Optional<String> faultOf(Operation operation, Answer answer) {
        JsonNode response = operation.description().at("/responses/" + answer.status());
        return response.isMissingNode()
                ? Optional.of("the status is not described")
                : faultOf(response, answer, !answer.body().isEmpty());
    }

    /** The same, of an error that is no operation's own. */
    Optional<String> faultOf(String error, Answer answer) {
        return faultOf(document.at("/components/responses/" + error), answer, true);
    }

    private Optional<String> faultOf(JsonNode reference, Answer answer, boolean hasBody) {
        JsonNode response = resolved(reference);
        for (var header : response.path("headers").properties()) {
            if (!answer.headers().containsKey(header.getKey().toLowerCase(Locale.ROOT))) {
                return Optional.of(header.getKey() + " is missing");
            }
        }
        JsonNode content = response.path("content");
        if (content.isEmpty() || !hasBody) {
            return content.isEmpty() == answer.body().isEmpty()
                    ? Optional.empty()
                    : Optional.of("a body is there, or is missing");
        }
        String type = answer.headers()
                .getOrDefault("content-type", "none")
                .split(";", 2)[0]
                .strip();
        JsonNode media = content.path(type);
        if (media.isMissingNode()) {
            return Optional.of("the content type is not described");
        }
        return type.equals("text/html") ? Optional.empty() : faultOfBody(reference, media, answer);
    }

    private Optional<String> faultOfBody(JsonNode reference, JsonNode media, Answer answer) {
        JsonNode body;
        try {
            body = JSON.readTree(answer.body());
        } catch (JsonProcessingException malformed) {
            return Optional.of("the body is not JSON");
        }
        var errors = schema(media.get("schema"))
                .validate(body, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        if (!errors.isEmpty()) {
            return Optional.of(errors.toString());
        }
        if (!media.at("/schema/$ref").asText().endsWith("/Problem")) {
            return Optional.empty();
        }
        String code = body.get("code").asText();
        boolean named = reference.path("$ref").asText().endsWith("/" + code)
                || media.path("examples").has(code)
                || media.at("/example/code").asText().equals(code);
        if (!named) {
            return Optional.of("the kind of error is not described");
        }
        return body.get("status").asInt() == answer.status()
                ? Optional.empty()
                : Optional.of("the status is another in the body");
    }

    private Schema schema(JsonNode described) {
        return schemas.computeIfAbsent(described, _ -> {
            ObjectNode whole = JSON.createObjectNode();
            whole.putArray("allOf").add(described);
            whole.set("components", document.get("components"));
            return registry.getSchema(whole);
        });
    }
}
