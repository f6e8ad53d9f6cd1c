package io.kriya.startup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kriya.TestSettings;
import io.kriya.error.ErrorCode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
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
                        "POST /api/auth/cleanup-tokens",
                        "POST /oauth/token",
                        "POST /oauth/introspect",
                        "POST /oauth/revoke",
                        "GET /api/v4/user",
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
                assertThat(given().request(route.method(), route.path()).statusCode())
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
                assertThat(route.operation().at("/responses/400/$ref").asText()).endsWith("/oauth_error");
            }
            String success = route.path().endsWith("/resend") ? "202" : "200";
            assertThat(route.operation().at("/responses/" + success).isMissingNode())
                    .isFalse();
            Set<String> mustHave =
                    switch (route.path()) {
                        case "/", "/health" -> Set.of();
                        case "/oauth/token", "/oauth/revoke" -> Set.of("400", "401", "404", "413", "429", "503");
                        case "/oauth/introspect" -> Set.of("400", "401", "413", "429", "503");
                        case "/api/v4/user" -> Set.of("401", "404", "503");
                        case "/.well-known/oauth-authorization-server" -> Set.of("404");
                        case "/api/auth/register" -> Set.of("202", "413", "415", "422", "429", "503");
                        case "/api/auth/verify" -> Set.of("401", "404", "410", "413", "415", "422", "429", "503");
                        case "/api/auth/verify/resend" -> Set.of("404", "410", "413", "415", "422", "429", "503");
                        case "/api/auth/validate-token" -> Set.of("403", "413", "415", "422", "503");
                        case "/api/auth/user" -> Set.of("401", "422", "503");
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
