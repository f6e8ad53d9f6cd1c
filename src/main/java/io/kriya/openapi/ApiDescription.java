package io.kriya.openapi;

import io.kriya.error.ErrorCode;
import io.kriya.error.Problem;
import io.kriya.validation.ViolationCode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Completes {@code META-INF/openapi.yaml} and the annotations of the resources with what only the code knows: the
 * version and every error code.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    /** The server reads the body before it routes a request. */
    private static final List<ErrorCode> OF_EVERY_ROUTE = List.of(
            ErrorCode.BAD_REQUEST,
            ErrorCode.REQUEST_TIMEOUT,
            ErrorCode.URI_TOO_LONG,
            ErrorCode.HEADERS_TOO_LARGE,
            ErrorCode.INTERNAL_ERROR,
            ErrorCode.OVERLOADED);

    private static final List<ErrorCode> OF_JSON = List.of(
            ErrorCode.PAYLOAD_TOO_LARGE,
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            ErrorCode.INVALID_REQUEST,
            ErrorCode.MALFORMED_JSON);

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.setInfo(OASFactory.createInfo()
                .title("Kriya")
                .version(ConfigProvider.getConfig().getValue("quarkus.application.version", String.class))
                .description("Phone-number login for Plane.\n\n" + errorTable())
                .license(OASFactory.createLicense().name("MIT").identifier("MIT")));
        api.setServers(List.of(OASFactory.createServer().url("/").description("The server of this document.")));
        var components = api.getComponents();
        components.getSchemas().values().forEach(ApiDescription::requireAllOfResponses);
        components.getSchemas().values().forEach(ApiDescription::anchorPatterns);
        Map<String, Schema> problem = components.getSchemas().get("Problem").getProperties();
        Schema reason = problem.get("violations").getItems().getProperties().get("code");
        Arrays.stream(ViolationCode.values()).map(ViolationCode::code).forEach(reason::addEnumeration);
        Schema code = problem.get("code");
        for (ErrorCode error : ErrorCode.values()) {
            code.addEnumeration(error.code());
            components.addResponse(error.code(), response(error));
        }
        api.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(operation -> complete(operation, components));
    }

    /** A response always has every field; requests declare which they require. */
    private static void requireAllOfResponses(Schema schema) {
        if (schema.getProperties() != null && schema.getRequired() == null) {
            schema.setRequired(List.copyOf(schema.getProperties().keySet()));
        }
    }

    /** Bean Validation matches the whole value, JSON Schema any part of it. */
    private static void anchorPatterns(Schema schema) {
        if (schema.getPattern() != null && !schema.getPattern().startsWith("^")) {
            schema.setPattern("^" + schema.getPattern() + "$");
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(ApiDescription::anchorPatterns);
        }
    }

    private static void complete(Operation operation, Components components) {
        if (operation.getSecurity() == null) {
            operation.setSecurity(List.of());
        }
        // Those that send a message.
        if (operation.getResponses().hasAPIResponse("202")) {
            // SmallRye keeps only one of two annotations that refer to parameters.
            for (String name : List.of("proofOfWork", "language")) {
                operation.addParameter(OASFactory.createParameter().ref("#/components/parameters/" + name));
            }
        }
        addErrors(operation, components);
    }

    private static boolean hasPathParameter(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(parameter -> parameter.getIn() == Parameter.In.PATH);
    }

    private static String name(String ref) {
        return ref == null ? "" : ref.substring(ref.lastIndexOf('/') + 1);
    }

    /** The errors that a resource declares, and those of every route; a status may have several. */
    private static void addErrors(Operation operation, Components components) {
        var errors = new TreeMap<String, Set<String>>();
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (response.getRef() != null) {
                errors.computeIfAbsent(status, _ -> new LinkedHashSet<>()).add(name(response.getRef()));
            }
        });
        var implied = new ArrayList<>(OF_EVERY_ROUTE);
        if (operation.getRequestBody() != null && operation.getRequestBody().getRef() == null) {
            implied.addAll(OF_JSON);
        }
        if (errors.getOrDefault("503", Set.of()).contains(ErrorCode.SMS_UNAVAILABLE.code())) {
            // An annotation can refer to one response of a status only.
            implied.add(ErrorCode.SMS_REJECTED);
            implied.add(ErrorCode.PROOF_OF_WORK_REQUIRED);
        }
        if (operation.getSecurity().stream().anyMatch(scheme -> scheme.hasScheme("loginToken"))) {
            implied.add(ErrorCode.INVALID_TOKEN);
        }
        if (hasPathParameter(operation)) {
            implied.add(ErrorCode.NOT_FOUND);
        }
        if (errors.containsKey("503")) {
            // No message is sent without a query to the database.
            implied.add(ErrorCode.DATABASE_UNAVAILABLE);
        }
        if (errors.containsKey("429")) {
            implied.add(ErrorCode.TOO_MANY_REQUESTS);
        }
        implied.forEach(error -> errors.computeIfAbsent(Integer.toString(error.status()), _ -> new LinkedHashSet<>())
                .add(error.code()));
        errors.forEach((status, names) -> operation.getResponses().addAPIResponse(status, oneOf(names, components)));
    }

    private static APIResponse oneOf(Set<String> names, Components components) {
        if (names.size() == 1) {
            return OASFactory.createAPIResponse()
                    .ref("#/components/responses/" + names.iterator().next());
        }
        var content = OASFactory.createContent();
        var descriptions = new ArrayList<String>();
        APIResponse any = OASFactory.createAPIResponse();
        names.forEach(name -> {
            APIResponse one = components.getResponses().get(name);
            descriptions.add("`" + name + "`: " + one.getDescription());
            any.setHeaders(one.getHeaders());
            one.getContent().getMediaTypes().forEach((type, media) -> {
                MediaType merged = content.hasMediaType(type)
                        ? content.getMediaType(type)
                        : OASFactory.createMediaType().schema(media.getSchema());
                if (media.getExample() != null) {
                    merged.addExample(name, OASFactory.createExample().value(media.getExample()));
                }
                content.addMediaType(type, merged);
            });
        });
        return any.description(String.join("\n\n", descriptions)).content(content);
    }

    private static APIResponse response(ErrorCode error) {
        var schema = OASFactory.createSchema().ref("#/components/schemas/Problem");
        var response = OASFactory.createAPIResponse()
                .description(error.meaning())
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType().schema(schema).example(example(error))));
        return error.status() == 429 || error.status() == 503
                ? response.addHeader(
                        "Retry-After",
                        OASFactory.createHeader()
                                .description("Seconds to wait.")
                                .required(true)
                                .schema(OASFactory.createSchema()
                                        .type(List.of(SchemaType.INTEGER))
                                        .minimum(BigDecimal.ONE)))
                : response;
    }

    private static Map<String, Object> example(ErrorCode error) {
        Problem problem = Problem.of(error);
        return Map.of(
                "type", problem.type(),
                "title", problem.title(),
                "status", problem.status(),
                "detail", problem.detail(),
                "code", problem.code());
    }

    private static String errorTable() {
        return Arrays.stream(ErrorCode.values())
                .map(error -> "| %d | `%s` | %s |".formatted(error.status(), error.code(), error.meaning()))
                .collect(Collectors.joining(
                        "\n",
                        "Every error is `application/problem+json` (RFC 9457) with one of these codes:\n\n"
                                + "| status | code | meaning |\n|---|---|---|\n",
                        "\n"));
    }
}
