package io.kriya.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kriya.TestSettings;
import io.kriya.error.ErrorCode;
import io.kriya.validation.ViolationCode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class ApiDescriptionTest {

    private record Route(String path, String method, JsonNode operation) {}

    private static JsonNode description() throws Exception {
        return new ObjectMapper()
                .readTree(given().get("/openapi.json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    private static List<Route> routes() throws Exception {
        var routes = new ArrayList<Route>();
        description().get("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> routes.add(
                        new Route(path.getKey(), method.getKey().toUpperCase(Locale.ROOT), method.getValue()))));
        return routes;
    }

    @Test
    void theDescriptionIsOpenApi31AndHasEveryRoute() throws Exception {
        assertThat(description().get("openapi").asText()).startsWith("3.1");
        assertThat(routes())
                .extracting(route -> route.method() + " " + route.path())
                .containsExactlyInAnyOrder(
                        "GET /",
                        "GET /health",
                        "POST /api/auth/register",
                        "POST /api/auth/verify",
                        "POST /api/auth/verify/resend",
                        "POST /api/auth/validate-token",
                        "GET /api/auth/user",
                        "DELETE /api/auth/logout",
                        "PATCH /api/auth/user",
                        "DELETE /api/auth/user",
                        "GET /api/auth/user/export",
                        "PUT /api/auth/user/phone-number",
                        "POST /api/auth/user/phone-number/code",
                        "GET /api/auth/sessions",
                        "DELETE /api/auth/sessions",
                        "DELETE /api/auth/sessions/{id}",
                        "POST /api/auth/cleanup-tokens",
                        "POST /oauth/token",
                        "POST /oauth/introspect",
                        "POST /oauth/revoke",
                        "GET /api/v4/user",
                        "GET /api/v4/groups",
                        "GET /.well-known/oauth-authorization-server");
    }

    @Test
    void everyRouteThatWantsAKeyRefusesACallWithoutAndWithAWrongOne() throws Exception {
        var wantsKey = routes().stream()
                .filter(route -> route.operation().path("security").toString().contains("apiKey"))
                // A client may prove itself instead.
                .filter(route -> !route.operation().path("security").toString().contains("client"))
                .toList();
        assertThat(wantsKey).extracting(Route::path).contains("/api/auth/validate-token", "/api/auth/cleanup-tokens");
        for (Route route : wantsKey) {
            given().request(route.method(), route.path())
                    .then()
                    .statusCode(403)
                    .body("detail", equalTo("Invalid API key"));
            given().header("X-API-Key", "a-wrong-key-of-some-length")
                    .request(route.method(), route.path())
                    .then()
                    .statusCode(403)
                    .body("detail", equalTo("Invalid API key"));
            given().header("X-API-Key", "")
                    .request(route.method(), route.path())
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void noOtherRouteAsksForAKey() throws Exception {
        for (Route route : routes()) {
            if (!route.operation().path("security").toString().contains("apiKey")) {
                assertThat(given().request(route.method(), route.path().replace("{id}", "1"))
                                .statusCode())
                        .isNotEqualTo(403);
            }
        }
    }

    @Test
    void everyErrorIsDescribedAndEveryRouteNamesItsOwn() throws Exception {
        var described = new ArrayList<String>();
        description().at("/components/responses").fieldNames().forEachRemaining(described::add);
        for (ErrorCode error : ErrorCode.values()) {
            assertThat(described).contains(error.name().toLowerCase(Locale.ROOT));
        }
        for (Route route : routes()) {
            if (route.path().startsWith("/oauth/")) {
                assertThat(route.operation()
                                .at("/responses/400/content/application~1json/schema/$ref")
                                .asText())
                        .endsWith("/OAuthError");
            }
            String success = route.path().matches(".*/(resend|code)") ? "202" : "200";
            assertThat(route.operation().at("/responses/" + success).isMissingNode())
                    .isFalse();
            Set<String> mustHave =
                    switch (route.path()) {
                        case "/", "/health" -> Set.of();
                        case "/oauth/token", "/oauth/revoke" -> Set.of("400", "401", "404", "413", "429", "503");
                        case "/oauth/introspect" -> Set.of("400", "401", "413", "429", "503");
                        case "/api/v4/user", "/api/v4/groups" -> Set.of("401", "404", "503");
                        case "/.well-known/oauth-authorization-server" -> Set.of("404");
                        case "/api/auth/register" -> Set.of("202", "413", "415", "422", "429", "503");
                        case "/api/auth/verify" -> Set.of("401", "404", "410", "413", "415", "422", "429", "503");
                        case "/api/auth/verify/resend" -> Set.of("404", "410", "413", "415", "422", "429", "503");
                        case "/api/auth/validate-token" -> Set.of("403", "413", "415", "422", "503");
                        case "/api/auth/user" -> Set.of("401", "422", "503");
                        case "/api/auth/user/export" -> Set.of("401", "503");
                        case "/api/auth/user/phone-number" ->
                            Set.of("401", "409", "410", "413", "415", "422", "429", "503");
                        case "/api/auth/user/phone-number/code" ->
                            Set.of("401", "404", "410", "413", "415", "422", "429", "503");
                        case "/api/auth/sessions" -> Set.of("401", "503");
                        case "/api/auth/sessions/{id}" -> Set.of("401", "404", "503");
                        case "/api/auth/logout" -> Set.of("404", "422", "503");
                        default -> Set.of("403", "503");
                    };
            for (String status : mustHave) {
                assertThat(route.operation().at("/responses/" + status).isMissingNode())
                        .as("%s %s", route.path(), status)
                        .isFalse();
            }
        }
    }

    @Test
    void everySuccessSaysWhatItAnswers() throws Exception {
        for (Route route : routes()) {
            route.operation().get("responses").properties().stream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .forEach(response -> assertThat(response.getValue()
                                    .at("/content/application~1json/schema")
                                    .isMissingNode())
                            .as("%s %s", route.path(), response.getKey())
                            .isFalse());
        }
    }

    /** RFC 9110, 15.5.2. */
    @Test
    void everyRouteThatRefusesACallerWithoutCredentialsSaysHowToAuthenticate() throws Exception {
        var refusing = new ArrayList<String>();
        for (Route route : routes()) {
            var response = given().contentType("application/json")
                    .body("{}")
                    .request(route.method(), route.path().replace("{id}", "1"));
            if (response.statusCode() == 401) {
                refusing.add(route.path());
                assertThat(response.header("WWW-Authenticate"))
                        .as(route.path())
                        .isEqualTo(
                                route.path().startsWith("/oauth/")
                                        ? "Basic realm=\"kriya\", charset=\"UTF-8\""
                                        : "Bearer");
            }
        }
        assertThat(refusing)
                .contains("/oauth/token", "/oauth/introspect", "/oauth/revoke", "/api/v4/user", "/api/auth/sessions");
    }

    @Test
    void everyRouteSaysWhetherACallerHasToProveAnything() throws Exception {
        assertThat(routes()).allMatch(route -> route.operation().has("security"));
        assertThat(routes())
                .filteredOn(route -> route.operation().get("security").isEmpty())
                .extracting(Route::path)
                .containsExactlyInAnyOrder(
                        "/",
                        "/health",
                        "/api/auth/register",
                        "/api/auth/verify",
                        "/api/auth/verify/resend",
                        "/.well-known/oauth-authorization-server");
    }

    @Test
    void theDescriptionSaysWhereTheRoutesAre() throws Exception {
        assertThat(description().at("/servers/0/url").asText()).isEqualTo("/");
    }

    @Test
    void nothingIsDescribedThatNoRouteUses() throws Exception {
        JsonNode description = description();
        var used = Set.copyOf(description.findValuesAsText("$ref"));
        for (String kind : List.of("parameters", "requestBodies", "schemas")) {
            description.at("/components/" + kind).fieldNames().forEachRemaining(name -> assertThat(used)
                    .contains("#/components/" + kind + "/" + name));
        }
    }

    @Test
    void theHeadersThatARouteReadsAreItsParameters() throws Exception {
        for (Route route : routes()) {
            boolean sendsText = Set.of(
                            "/api/auth/register", "/api/auth/verify/resend", "/api/auth/user/phone-number/code")
                    .contains(route.path());
            assertThat(route.operation().path("parameters").findValuesAsText("$ref"))
                    .as(route.path())
                    .filteredOn(link -> !link.endsWith("/token"))
                    .isEqualTo(
                            sendsText
                                    ? List.of(
                                            "#/components/parameters/idempotencyKey",
                                            "#/components/parameters/proofOfWork",
                                            "#/components/parameters/language")
                                    : route.path().equals("/api/auth/verify")
                                            ? List.of("#/components/parameters/idempotencyKey")
                                            : List.of());
        }
    }

    /** The page would fill it in, and everybody's requests would be one. */
    @Test
    void noIdempotencyKeyIsGivenAsAnExample() throws Exception {
        JsonNode key = description().at("/components/parameters/idempotencyKey");
        assertThat(key.get("name").asText()).isEqualTo("Idempotency-Key");
        assertThat(key.toString()).doesNotContain("example", "default");
    }

    @Test
    void whereAStatusHasSeveralKindsOfErrorEachIsNamed() throws Exception {
        for (Route route : routes()) {
            var expected = new ArrayList<>(List.of("overloaded"));
            switch (route.path()) {
                case "/", "/health", "/.well-known/oauth-authorization-server" -> {}
                case "/api/auth/register", "/api/auth/verify/resend", "/api/auth/user/phone-number/code" ->
                    expected.addAll(List.of("database_unavailable", "sms_unavailable", "sms_rejected"));
                default -> expected.add("database_unavailable");
            }
            assertThat(kinds(route, "503")).as(route.path()).containsExactlyInAnyOrderElementsOf(expected);
            if (route.path().endsWith("/resend")) {
                assertThat(kinds(route, "429"))
                        .containsExactlyInAnyOrder("too_many_requests", "resend_too_early", "proof_of_work_required");
            }
            assertThat(kinds(route, "408")).as(route.path()).containsExactly("request_timeout");
            if (route.operation().at("/requestBody/content").has("application/json")) {
                assertThat(kinds(route, "422"))
                        .as(route.path())
                        .containsExactlyInAnyOrder("invalid_request", "malformed_json");
                assertThat(kinds(route, "413")).containsExactly("payload_too_large");
                assertThat(kinds(route, "415")).containsExactly("unsupported_media_type");
            }
        }
    }

    private static List<String> kinds(Route route, String status) {
        JsonNode response = route.operation().at("/responses/" + status);
        if (response.has("$ref")) {
            return List.of(response.get("$ref").asText().replaceFirst(".*/", ""));
        }
        var kinds = new ArrayList<String>();
        response.at("/content/application~1problem+json/examples").fieldNames().forEachRemaining(kinds::add);
        return kinds;
    }

    @Test
    void whatEveryErrorHasIsRequiredOfIt() throws Exception {
        JsonNode problem = description().at("/components/schemas/Problem");
        assertThat(problem.get("required"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "code");
        assertThat(problem.at("/properties/violations/items/required"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("field", "code", "message");
        assertThat(problem.at("/properties/violations/items/properties/code/enum"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(Arrays.stream(ViolationCode.values())
                        .map(ViolationCode::code)
                        .toList());
    }

    @Test
    void theTwoAnswersOfRegisterAreToldApartByTheirMessage() throws Exception {
        JsonNode description = description();
        for (String status : List.of("200", "202")) {
            assertThat(description
                            .at("/paths/~1api~1auth~1register/post/responses/" + status
                                    + "/content/application~1json/schema/$ref")
                            .asText())
                    .isEqualTo("#/components/schemas/RegisterAnswer");
        }
        JsonNode discriminator = description.at("/components/schemas/RegisterAnswer/discriminator");
        assertThat(discriminator.get("propertyName").asText()).isEqualTo("message");
        int messages = 0;
        for (String name : List.of("RegisterResponse", "VerificationResponse")) {
            for (JsonNode message : description.at("/components/schemas/" + name + "/properties/message/enum")) {
                assertThat(discriminator.get("mapping").get(message.asText()).asText())
                        .endsWith("/" + name);
                messages++;
            }
        }
        assertThat(discriminator.get("mapping")).hasSize(messages);
    }

    @Test
    void everyFieldIsDescribedByATypeAndAnExample() throws Exception {
        description().at("/components/schemas").properties().forEach(schema -> schema.getValue()
                .path("properties")
                .properties()
                .forEach(field -> {
                    JsonNode about = field.getValue();
                    boolean typed = about.has("type") || about.has("$ref") || about.has("anyOf") || about.has("allOf");
                    boolean shown =
                            about.has("examples") || about.has("$ref") || about.has("anyOf") || about.has("items");
                    assertThat(about.has("description") || about.has("$ref") || about.has("anyOf"))
                            .as(schema.getKey() + "." + field.getKey() + " " + about)
                            .isTrue();
                    assertThat(typed && shown)
                            .as(schema.getKey() + "." + field.getKey() + " " + about)
                            .isTrue();
                }));
    }

    @Test
    void theDescriptionIsJsonWithASlashBehindItToo() {
        given().get("/openapi.json/").then().statusCode(200).contentType("application/json");
    }

    @Test
    void boundsAreTold() throws Exception {
        JsonNode request = description().at("/components/schemas/RegisterRequest");
        assertThat(request.at("/properties/first_name/maxLength").asInt()).isEqualTo(100);
        assertThat(request.at("/properties/email/maxLength").asInt()).isEqualTo(254);
        assertThat(request.at("/required").toString()).contains("phone_number").doesNotContain("first_name", "email");
    }

    @Test
    void everyLinkWithinTheDescriptionLeadsSomewhere() throws Exception {
        JsonNode description = description();
        description.findValuesAsText("$ref").forEach(link -> assertThat(
                        description.at(link.substring(1)).isMissingNode())
                .as(link)
                .isFalse());
    }

    @Test
    void thePageIsServedWithAllItIsMadeOf() {
        String page = given().get("/docs")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
        assertThat(page).contains("/openapi").doesNotContainPattern("(src|href)=\"(https?:)?//");
        var parts = java.util.regex.Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page);
        int found = 0;
        while (parts.find()) {
            given().get("/docs/" + parts.group(1).replaceFirst("^\\./", ""))
                    .then()
                    .statusCode(200);
            found++;
        }
        assertThat(found).isGreaterThan(3);
        assertThat(page).contains("validatorUrl: 'none'");
    }

    @Test
    void theKeyAndTheTokenCanBeFilledIn() {
        given().get("/openapi.json")
                .then()
                .body("components.securitySchemes.apiKey.name", equalTo("X-API-Key"))
                .body("components.securitySchemes.bearer.scheme", equalTo("bearer"))
                .body("info.description", containsString("token_not_found"));
    }
}
