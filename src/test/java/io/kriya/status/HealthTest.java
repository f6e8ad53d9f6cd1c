package io.kriya.status;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;

import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class HealthTest {

    @Test
    void liveAsksOnlyTheProcess() {
        get("/q/health/live")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.name", containsInAnyOrder("process"));
    }

    @Test
    void readyAsksTheDatabaseAndItsMigrations() {
        get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", containsInAnyOrder("database", "migrations", "Graceful Shutdown"))
                .body("checks.status", everyItem(equalTo("UP")));
    }

    @Test
    void startedTellsWhichMigrationIsDone() {
        get("/q/health/started")
                .then()
                .statusCode(200)
                .body("checks.name", containsInAnyOrder("migrations"))
                .body(
                        "checks[0].data.version",
                        equalTo(TestSettings.database()
                                .query("select version from flyway_schema_history"
                                        + " order by string_to_array(version, '.')::int[] desc nulls last limit 1")));
    }

    @Test
    void probesTakeNoOtherMethod() {
        for (String path : List.of("/q/health/live", "/q/health/ready", "/q/health/started", "/q/health")) {
            given().post(path).then().statusCode(405).header("Allow", equalTo("GET, HEAD, OPTIONS"));
            given().head(path).then().statusCode(200);
        }
    }

    @Test
    void aProbeThatDoesNotExistIsNotUp() {
        get("/q/health/redy").then().statusCode(404);
        get("/q/health/group/redy").then().statusCode(404);
    }

    @Test
    void metricsAreNotOnTheServicePort() {
        get("/q/metrics").then().statusCode(404);
    }
}
