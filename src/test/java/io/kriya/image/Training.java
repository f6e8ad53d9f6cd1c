package io.kriya.image;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import io.restassured.config.ConnectionConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** A day of Kriya's life. The AOT cache is made of what the packaged jar loaded and ran meanwhile. */
@QuarkusIntegrationTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class Training {

    private static final HttpClient READER = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /** Each would be left to the garbage collector, and a build in a container may have 1,024 files open. */
    @BeforeAll
    static void connectionsAreClosed() {
        RestAssured.config = RestAssured.config()
                .connectionConfig(ConnectionConfig.connectionConfig().closeIdleConnectionsAfterEachResponse());
    }

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
    void tokensAreCleanedUpAndTheDocumentationIsRead() throws Exception {
        Api.cleanUp().then().statusCode(200);
        // What closes connections in REST Assured does not wait for all of a page.
        assertThat(status("/docs")).isEqualTo(200);
        assertThat(status("/openapi.json")).isEqualTo(200);
        assertThat(status("/nowhere")).isEqualTo(404);
    }

    private static int status(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path));
        return READER.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
