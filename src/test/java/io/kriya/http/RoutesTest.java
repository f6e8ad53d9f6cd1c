package io.kriya.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.kriya.Patience;
import io.kriya.TestSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a resource of the tests, which nothing else in Kriya names, has without another entry. */
@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class RoutesTest {

    /** With so many digits that it would be masked in the log if it were not a route. */
    private static final String PATH = "/new-resource/1234567";

    private static final String MOVED = PATH + "/moved";
    private static final String HIDDEN = "/new-resource/hidden";

    /** A new resource. */
    @Path(PATH)
    @PermitAll
    public static class NewResource {

        @GET
        @Operation(hidden = true)
        public String get() {
            return "new";
        }

        @PUT
        @Operation(hidden = true)
        public void put() {}

        @GET
        @Path("moved")
        @Operation(hidden = true)
        public Response moved() {
            return Response.seeOther(URI.create(PATH)).build();
        }
    }

    /** A feature that is off. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    public @interface RequiresNewFeature {}

    /** Hides its resources. */
    @Provider
    @RequiresNewFeature
    public static class RequiresNewFeatureFilter extends FeatureFilter {

        RequiresNewFeatureFilter() {
            super(() -> false);
        }
    }

    /** A resource of that feature. */
    @Path(HIDDEN)
    @RequiresNewFeature
    @PermitAll
    public static class HiddenResource {

        @GET
        @Operation(hidden = true)
        public String get() {
            return "hidden";
        }
    }

    @Inject
    LoggedPath paths;

    @Inject
    MeterRegistry meters;

    @ParameterizedTest
    @ValueSource(strings = {PATH, PATH + "/"})
    void aNewResourceNamesItsMethods(String path) {
        given().delete(path)
                .then()
                .statusCode(405)
                .header("Allow", equalTo("GET, HEAD, OPTIONS, PUT"))
                .body("code", equalTo("method_not_allowed"));
        given().options(path).then().statusCode(200).header("Allow", equalTo("GET, HEAD, OPTIONS, PUT"));
        given().get(path).then().statusCode(200);
    }

    @Test
    void aNewResourceIsALabelOfTheMetrics() {
        given().get(PATH).then().statusCode(200);
        awaitRequests(PATH, "200");
    }

    @Test
    void aRedirectOfANewResourceIsCountedForIt() {
        given().redirects().follow(false).get(MOVED).then().statusCode(303);
        awaitRequests(MOVED, "303");
    }

    private void awaitRequests(String uri, String status) {
        Patience.await()
                .until(() -> meters.find("http.server.requests").tags("uri", uri, "status", status).timers().stream()
                                .mapToLong(Timer::count)
                                .sum()
                        > 0);
    }

    @Test
    void thePathOfANewResourceIsNotMaskedInTheLog() {
        assertThat(paths.of(PATH)).isEqualTo(PATH);
        assertThat(paths.of(PATH + "/")).isEqualTo(PATH + "/");
        assertThat(paths.of("/no-resource/1234567")).isEqualTo("/no-resource/*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
    void aResourceWhoseFeatureIsOffIsNotFound(String method) {
        given().request(method, HIDDEN).then().statusCode(404);
    }
}
