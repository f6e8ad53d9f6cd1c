package io.kriya.status;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

    @Test
    void healthTellsThatItRuns() {
        for (String path : new String[] {"/health", "/health/"}) {
            Map<String, String> answer =
                    given().get(path).then().statusCode(200).extract().path("$");
            assertThat(answer).isEqualTo(Map.of("status", "healthy", "service", "Kriya Authentication Backend"));
        }
    }
}
