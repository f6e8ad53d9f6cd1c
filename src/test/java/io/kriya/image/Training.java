package io.kriya.image;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;

/** A day of Kriya's life. The AOT cache is made of what the packaged jar loaded and ran meanwhile. */
@QuarkusIntegrationTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class Training {

    @RepeatedTest(200)
    void aPersonLogsInPlaneAsksAndThePersonLogsOut() {
        String token = Api.tokenOf(Api.number());
        for (int i = 0; i < 5; i++) {
            assertThat(Api.validate(token).<Boolean>path("valid")).isTrue();
        }
        Api.user(token).then().statusCode(200);
        Api.register(Map.of("phone_number", "555-0100")).then().statusCode(422);
        Api.logout(token).then().statusCode(200);
        assertThat(Api.validate(token).<Boolean>path("valid")).isFalse();
        Api.user(token).then().statusCode(401);
        get("/").then().statusCode(200);
        get("/q/health/ready").then().statusCode(200);
    }

    @RepeatedTest(20)
    void tokensAreCleanedUpAndTheDocumentationIsRead() {
        Api.cleanUp().then().statusCode(200);
        get("/docs").then().statusCode(200);
        get("/openapi.json").then().statusCode(200);
        get("/nowhere").then().statusCode(404);
    }
}
