package io.kriya.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.kriya.Api;
import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class CorsTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://plane.example.com", "http://localhost:3000"})
    void aListedOriginMayRead(String origin) {
        Api.json(Map.of("phone_number", Api.number(), "first_name", "Ada"))
                .header("Origin", origin)
                .post("/api/auth/register")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo(origin))
                .header("Access-Control-Allow-Credentials", equalTo("true"))
                .header("Vary", containsStringIgnoringCase("origin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v4/user", "/oauth/token", "/oauth/introspect", "/.well-known/oauth-authorization-server"})
    void aListedOriginMayReadWhereNoCookieCountsButWithoutCredentials(String path) {
        given().header("Origin", "https://plane.example.com")
                .get(path)
                .then()
                .header("Access-Control-Allow-Origin", equalTo("https://plane.example.com"))
                .header("Access-Control-Allow-Credentials", nullValue());
        given().header("Origin", "https://plane.example.com")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization")
                .options(path)
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo("https://plane.example.com"))
                .header("Access-Control-Allow-Credentials", nullValue());
    }

    @Test
    void aListedOriginIsAnsweredItsPreflight() {
        given().header("Origin", "https://plane.example.com")
                .header("Access-Control-Request-Method", "DELETE")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .options("/api/auth/logout")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo("https://plane.example.com"))
                .header("Access-Control-Allow-Methods", equalTo("GET,POST,PUT,PATCH,DELETE,OPTIONS"))
                .header("Access-Control-Allow-Headers", equalTo("authorization,content-type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://plane.example.com.evil.example",
                "https://plane.example.com:8443",
                "http://plane.example.com",
                "HTTPS://PLANE.EXAMPLE.COM",
                "null",
                "x"
            })
    void anotherOriginIsAnsweredWithoutLeaveToRead(String origin) {
        Api.json(Map.of("phone_number", Api.number(), "first_name", "Ada"))
                .header("Origin", origin)
                .post("/api/auth/register")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Access-Control-Allow-Credentials", nullValue())
                .header("Vary", containsStringIgnoringCase("origin"));
        given().header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .options("/api/auth/register")
                .then()
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void aCallWithoutAnOriginIsUntouched() {
        given().get("/health")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Access-Control-Allow-Credentials", nullValue());
    }
}
