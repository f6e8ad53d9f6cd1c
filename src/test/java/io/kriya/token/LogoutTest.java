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
class LogoutTest {

    @Test
    void aLogoutRevokesItsTokenAndNoOther() {
        String number = number();
        String ended = Api.tokenOf(number);
        String other = Api.tokenOf(number);
        assertLoggedOut(Api.logout(ended));
        Api.validate(ended).then().body("valid", equalTo(false));
        Api.validate(other).then().body("valid", equalTo(true));
    }

    @Test
    void aSecondLogoutAndOneAfterExpirySucceed() {
        String token = Api.tokenOf(number());
        assertLoggedOut(given().queryParam("token", token).delete("/api/auth/logout"));
        assertLoggedOut(given().queryParam("token", token).delete("/api/auth/logout/"));
        String expired = Api.tokenOf(number());
        TestSettings.database()
                .execute("update tokens set expires_at = now() where token_hash = sha256('" + expired + "')");
        assertLoggedOut(Api.logout(expired));
    }

    private static void assertLoggedOut(Response answer) {
        Map<String, Object> body = answer.then().statusCode(200).extract().path("$");
        assertThat(body).isEqualTo(Map.of("success", true, "message", "Logged out successfully"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%00", "kriya_00000000-0000-4000-8000-000000000000"})
    void aTokenThatWasNeverIssuedIsNotFound(String token) {
        given().urlEncodingEnabled(false)
                .delete("/api/auth/logout?token=" + token)
                .then()
                .statusCode(404)
                .body("detail", equalTo("Token not found"))
                .body("code", equalTo("token_not_found"));
    }

    @Test
    void noTokenAtAllIsInvalid() {
        given().delete("/api/auth/logout").then().statusCode(422).body("violations.field", contains("token"));
    }

    @Test
    void theHeaderWinsOverTheQuery() {
        String header = Api.tokenOf(number());
        String query = Api.tokenOf(number());
        given().header("Authorization", "Bearer " + header)
                .queryParam("token", query)
                .delete("/api/auth/logout")
                .then()
                .statusCode(200);
        Api.validate(header).then().body("valid", equalTo(false));
        Api.validate(query).then().body("valid", equalTo(true));
    }
}
