package io.kriya.openapi;

import io.kriya.error.ErrorCode;
import io.kriya.error.Problem;
import io.kriya.plane.ApiKeyMechanism;
import io.kriya.signin.SessionResponse;
import io.kriya.signin.VerificationResponse;
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
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Completes the API's description: what it is, how to show a key or a token, and every error there is. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    /** Whatever is sent to a route, its body is taken in first. */
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
        api.setServers(List.of(OASFactory.createServer().url("/").description("Where this description is from.")));
        var components = api.getComponents();
        components.addSecurityScheme(
                "apiKey",
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.HEADER)
                        .name(ApiKeyMechanism.HEADER)
                        .description("`PLANE_API_KEY`, for the Plane backend."));
        components.addSecurityScheme(
                "bearer",
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("The token that register answers."));
        components.addSecurityScheme(
                "accessToken",
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("The access token that `/oauth/token` answers."));
        components.addSecurityScheme(
                "client",
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("basic")
                        .description("`OAUTH_CLIENT_ID` and `OAUTH_CLIENT_SECRET`, where they are not in the form."));
        components.addParameter(
                "token",
                OASFactory.createParameter()
                        .name("token")
                        .in(Parameter.In.QUERY)
                        .description(
                                "The token, where it is not sent as `Authorization: Bearer`. That is the form to prefer, and"
                                        + " counts where both are sent: a URL ends up in logs.")
                        .schema(OASFactory.createSchema().type(List.of(SchemaType.STRING)))
                        .example("kriya_3f2b8c1e-6f0a-4a39-9d6f-0f6a4f0f5a11"));
        components.addParameter(
                "idempotencyKey",
                OASFactory.createParameter()
                        .name("Idempotency-Key")
                        .in(Parameter.In.HEADER)
                        .description(
                                "Only with `PHONE_VERIFICATION=sms`: 16 to 255 characters, such as a UUID, the same for a request"
                                        + " that is sent twice. It sends one message.")
                        .schema(OASFactory.createSchema()
                                .type(List.of(SchemaType.STRING))
                                .minLength(16)
                                .maxLength(255))
                        .example("1b4e28ba-2fa1-4d2b-883f-0016d3cca427"));
        components.addParameter(
                "language",
                OASFactory.createParameter()
                        .name("Accept-Language")
                        .in(Parameter.In.HEADER)
                        .description(
                                "Only with `PHONE_VERIFICATION=sms`: the language of the message, as browsers send it.")
                        .schema(OASFactory.createSchema().type(List.of(SchemaType.STRING)))
                        .example("es-MX, en;q=0.8"));
        components.addRequestBody("oauthForm", oauthForm());
        components.getSchemas().values().forEach(ApiDescription::requireAllOfAnswers);
        components.getSchemas().values().forEach(ApiDescription::anchorPatterns);
        components.addSchema("RegisterAnswer", registerAnswer());
        components.addSchema("Problem", problem());
        components.addSchema("OAuthError", oauthError());
        components.addResponse(
                "oauth_error",
                OASFactory.createAPIResponse()
                        .description("An error of OAuth 2.0 (RFC 6749, 5.2).")
                        .content(OASFactory.createContent()
                                .addMediaType(
                                        "application/json",
                                        OASFactory.createMediaType()
                                                .schema(OASFactory.createSchema()
                                                        .ref("#/components/schemas/OAuthError")))));
        for (ErrorCode error : ErrorCode.values()) {
            components.addResponse(error.code(), response(error));
        }
        api.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(operation -> complete(operation, components));
    }

    /** An answer always has every field; requests say themselves which they need. */
    private static void requireAllOfAnswers(Schema schema) {
        if (schema.getProperties() != null && schema.getRequired() == null) {
            schema.setRequired(List.copyOf(schema.getProperties().keySet()));
        }
    }

    /** Where it has to match, it has to match all of it. */
    private static void anchorPatterns(Schema schema) {
        if (schema.getPattern() != null && !schema.getPattern().startsWith("^")) {
            schema.setPattern("^" + schema.getPattern() + "$");
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(ApiDescription::anchorPatterns);
        }
    }

    /**
     * Both successes of register, under either status: generators make the type of a call of the first that they find,
     * and what the other has beyond it would be lost.
     */
    private static Schema registerAnswer() {
        var issued = OASFactory.createSchema().ref("#/components/schemas/RegisterResponse");
        var wanted = OASFactory.createSchema().ref("#/components/schemas/VerificationResponse");
        var discriminator = OASFactory.createDiscriminator().propertyName("message");
        SessionResponse.MESSAGES.forEach(message -> discriminator.addMapping(message, issued.getRef()));
        discriminator.addMapping(VerificationResponse.SENT, wanted.getRef());
        return OASFactory.createSchema()
                .description(
                        "With 200 a token is issued; with 202 the phone is to be verified. `message` tells them apart.")
                .oneOf(List.of(issued, wanted))
                .discriminator(discriminator);
    }

    private static void complete(Operation operation, Components components) {
        if (operation.getSecurity() == null) {
            operation.setSecurity(List.of());
        }
        if (isRead(operation, "Idempotency-Key", components)) {
            // An annotation names but one parameter of these.
            operation.addParameter(OASFactory.createParameter().ref("#/components/parameters/language"));
        }
        addErrors(operation, components);
    }

    private static boolean isRead(Operation operation, String header, Components components) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .map(parameter -> components.getParameters().get(name(parameter.getRef())))
                        .anyMatch(parameter -> parameter != null && header.equals(parameter.getName()));
    }

    private static String name(String ref) {
        return ref == null ? "" : ref.substring(ref.lastIndexOf('/') + 1);
    }

    /** Those that a route names, and those that it need not: of one status there may be several. */
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
        if (errors.containsKey("503")) {
            // Nobody is sent a message before the database was asked.
            implied.add(ErrorCode.DATABASE_UNAVAILABLE);
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

    private static RequestBody oauthForm() {
        Schema form = OASFactory.createSchema()
                .type(List.of(SchemaType.OBJECT))
                .addProperty("client_id", text("`OAUTH_CLIENT_ID`, where it is not in the header.", "plane"))
                .addProperty("client_secret", text("`OAUTH_CLIENT_SECRET`, where it is not in the header.", "…"))
                .addProperty("grant_type", text("For an access token.", "authorization_code"))
                .addProperty(
                        "code", text("For an access token.", "kriya_ac_mLyeXbXFYtDlE3pH6HhcuSuoq5jfgIsFmxKq2RPZVGk"))
                .addProperty(
                        "redirect_uri", text("For an access token.", "https://plane.example.com/auth/gitlab/callback/"))
                .addProperty(
                        "code_verifier",
                        text(
                                "For an access token, where the request had a challenge.",
                                "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
                .addProperty(
                        "token",
                        text("To introspect or revoke.", "kriya_at_mLyeXbXFYtDlE3pH6HhcuSuoq5jfgIsFmxKq2RPZVGk"));
        return OASFactory.createRequestBody()
                .required(true)
                .content(OASFactory.createContent()
                        .addMediaType(
                                "application/x-www-form-urlencoded",
                                OASFactory.createMediaType().schema(form)));
    }

    private static Schema oauthError() {
        return OASFactory.createSchema()
                .description("The body of an error of OAuth 2.0.")
                .type(List.of(SchemaType.OBJECT))
                .addProperty("error", text("Its name.", "invalid_grant"))
                .addProperty(
                        "error_description", text("One sentence for whoever sets the client up.", "code is required."))
                .required(List.of("error", "error_description"));
    }

    private static Schema problem() {
        Schema violation = OASFactory.createSchema()
                .type(List.of(SchemaType.OBJECT))
                .addProperty("field", text("Its name in JSON or in the query; `body` for the whole.", "phone_number"))
                .addProperty("message", text("What it has to be.", "is required"))
                .required(List.of("field", "message"));
        Schema code = text("The error's stable name.", "invalid_request");
        Arrays.stream(ErrorCode.values()).map(ErrorCode::code).forEach(code::addEnumeration);
        return OASFactory.createSchema()
                .description("The body of every error (RFC 9457).")
                .type(List.of(SchemaType.OBJECT))
                .addProperty("type", text("Always `about:blank`: `code` tells errors apart.", "about:blank"))
                .addProperty("title", text("The status in words.", "Unprocessable Entity"))
                .addProperty(
                        "status",
                        OASFactory.createSchema()
                                .description("The status.")
                                .type(List.of(SchemaType.INTEGER))
                                .examples(List.of(422)))
                .addProperty("detail", text("One sentence for people.", "The request is not valid."))
                .addProperty("code", code)
                .addProperty(
                        "violations",
                        OASFactory.createSchema()
                                .description("With status 422: each field that is not valid.")
                                .type(List.of(SchemaType.ARRAY))
                                .items(violation))
                .addProperty(
                        "retry_at",
                        text("With status 429 and some of 503: when to try again, UTC.", "2026-11-09T10:30:30Z")
                                .format("date-time"))
                .addProperty(
                        "attempts_left",
                        OASFactory.createSchema()
                                .description("After a wrong code: how often it may be tried again.")
                                .type(List.of(SchemaType.INTEGER))
                                .examples(List.of(4)))
                .required(List.of("type", "title", "status", "detail", "code"));
    }

    private static Schema text(String description, String example) {
        return OASFactory.createSchema()
                .type(List.of(SchemaType.STRING))
                .description(description)
                .examples(List.of(example));
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
