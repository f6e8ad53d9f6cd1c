package io.kriya.token;

import static io.kriya.Api.number;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.kriya.Api;
import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class UserTest {

    @Test
    void aTokenInTheQueryOrTheHeaderReturnsItsUser() {
        Response registered = Api.login(number());
        String token = registered.path("token");
        Map<String, Object> person = registered.path("user");
        assertThat(given().queryParam("token", token)
                        .get("/api/auth/user")
                        .then()
                        .statusCode(200)
                        .extract()
                        .<Map<String, Object>>path("$"))
                .isEqualTo(person);
        assertThat(Api.user(token).then().statusCode(200).extract().<Map<String, Object>>path("$"))
                .isEqualTo(person);
        given().header("Authorization", "bearer " + token)
                .get("/api/auth/user/")
                .then()
                .statusCode(200);
    }

    @Test
    void theHeaderWinsOverTheQuery() {
        String token = Api.tokenOf(number());
        given().header("Authorization", "Bearer " + token)
                .queryParam("token", "other")
                .get("/api/auth/user")
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer other")
                .queryParam("token", token)
                .get("/api/auth/user")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token=",
                "token",
                "token=x",
                "token=%00",
                "token=%ff%fe",
                "token=%ED%A0%80",
                "token=kriya_00000000-0000-4000-8000-000000000000"
            })
    void anUnknownTokenIsRefused(String query) {
        assertRefused(given().urlEncodingEnabled(false).get("/api/auth/user?" + query));
    }

    @Test
    void aTokenOfTenThousandCharactersIsRefusedAsUnknown() {
        assertRefused(given().queryParam("token", "x".repeat(10_000)).get("/api/auth/user"));
        assertRefused(Api.user("x".repeat(10_000)));
    }

    @Test
    void anExpiredAndALoggedOutTokenAreRefused() {
        String expired = Api.tokenOf(number());
        TestSettings.database()
                .execute("update tokens set expires_at = now() where token_hash = sha256('" + expired + "')");
        assertRefused(Api.user(expired));
        String loggedOut = Api.tokenOf(number());
        Api.logout(loggedOut);
        assertRefused(Api.user(loggedOut));
    }

    private static void assertRefused(Response answer) {
        answer.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", equalTo("Bearer error=\"invalid_token\""))
                .body("detail", equalTo("Invalid or expired token"))
                .body("code", equalTo("invalid_token"));
    }

    @Test
    void noTokenAtAllIsInvalid() {
        given().get("/api/auth/user").then().statusCode(422).body("violations.field", contains("token"));
        given().header("Authorization", "Basic eDp5")
                .get("/api/auth/user")
                .then()
                .statusCode(422)
                .body("violations.field", contains("token"));
    }

    @Test
    void aUserWithoutALastNameHasAnEmptyOne() {
        String token = Api.tokenOf(number());
        TestSettings.database()
                .execute(
                        "update users set last_name = null where id = (select user_id from tokens where token_hash = sha256('"
                                + token + "'))");
        Api.user(token).then().statusCode(200).body("last_name", equalTo(""));
    }
}
