package io.kriya.status;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class StatusTest {

    @Test
    void theRootTellsWhatRunsHere() {
        Map<String, String> answer =
                given().get("/").then().statusCode(200).extract().path("$");
        assertThat(answer)
                .containsOnlyKeys("service", "version", "status", "docs")
                .containsEntry("service", "Kriya Authentication Backend")
                .containsEntry("status", "running")
                .containsEntry("docs", "/docs");
        assertThat(answer.get("version")).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/json, text/plain, */*",
                "text/plain",
                "text/html;q=0.5, application/json",
                "nonsense"
            })
    void whoDoesNotPreferAPageIsAnsweredJson(String accepted) {
        given().header("Accept", accepted)
                .get("/")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("status", is("running"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
                "text/html",
                "application/json;q=0.8, text/html"
            })
    void aBrowserIsShownAPageWithLinksThatLeadSomewhere(String accepted) {
        Response page = given().header("Accept", accepted).get("/");
        assertThat(page.contentType()).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Vary")).containsIgnoringCase("Accept");
        List<String> links = Pattern.compile("<a href=\"([^\"]+)\">")
                .matcher(page.asString())
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(links).contains("docs", "health");
        for (String link : links) {
            given().get("/" + link).then().statusCode(200);
        }
    }

    @Test
    void thePolicyOfThePageAllowsItsOwnStyle() throws Exception {
        Response page = given().header("Accept", "text/html").get("/");
        String style = page.asString().replaceAll("(?s).*<style>(.*)</style>.*", "$1");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; ")
                .contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';")
                .contains("frame-ancestors 'none'");
    }

    @Test
    void healthTellsThatItRuns() {
        for (String path : new String[] {"/health", "/health/"}) {
            Map<String, String> answer =
                    given().get(path).then().statusCode(200).extract().path("$");
            assertThat(answer).isEqualTo(Map.of("status", "healthy", "service", "Kriya Authentication Backend"));
        }
    }
}
