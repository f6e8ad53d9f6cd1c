package io.kriya.selfservice;

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
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A user's own account where the front end verifies numbers. */
@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class OwnAccountTest {

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static Response changeTo(String number, String token) {
        return Api.json(Map.of("phone_number", number))
                .header("Authorization", "Bearer " + token)
                .put("/api/auth/user/phone-number");
    }

    @Test
    void theTokenAloneErasesTheUser() {
        String number = number();
        String token = Api.tokenOf(number);
        as(token).delete("/api/auth/user").then().statusCode(200).body("message", equalTo("Account erased"));
        Api.user(token).then().statusCode(401);
        as(token).delete("/api/auth/user").then().statusCode(401);
        Api.login(number).then().body("message", equalTo("Registration successful"));
    }

    @Test
    void theTokenAloneChangesTheNumber() {
        String token = Api.tokenOf(number());
        String number = number();
        changeTo(number, token).then().statusCode(200).body("phone_number", equalTo(number));
        Api.login(number).then().body("message", equalTo("Login successful"));
    }

    @Test
    void aNumberOfAnotherAccountIsRefused() {
        String taken = number();
        Api.tokenOf(taken);
        changeTo(taken, Api.tokenOf(number())).then().statusCode(409).body("code", equalTo("phone_number_taken"));
    }

    @Test
    void ofManyWhoTakeOneNumberAtOnceOneGetsIt() throws Exception {
        String number = number();
        List<Callable<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String token = Api.tokenOf(number());
            all.add(() -> changeTo(number, token).statusCode());
        }
        try (var threads = Executors.newFixedThreadPool(all.size())) {
            List<Integer> statuses = new ArrayList<>();
            for (var status : threads.invokeAll(all)) {
                statuses.add(status.get());
            }
            assertThat(statuses).containsOnlyOnce(200).isSubsetOf(200, 409);
        }
    }

    @Test
    void aNumberIsRequired() {
        Api.json(Map.of())
                .header("Authorization", "Bearer " + Api.tokenOf(number()))
                .put("/api/auth/user/phone-number")
                .then()
                .statusCode(422)
                .body("violations.field", contains("phone_number"));
    }

    @Test
    void noCodeIsSent() {
        Api.json(Map.of("phone_number", number()))
                .header("Authorization", "Bearer " + Api.tokenOf(number()))
                .post("/api/auth/user/phone-number/code")
                .then()
                .statusCode(404);
    }

    @Test
    void theVerifiedAddressStaysWhenTheUserGivesAnother() {
        String number = number();
        String token = Api.tokenOf(number);
        String verified = "ada" + number.substring(1) + "@example.com";
        TestSettings.database()
                .execute("update users set verified_email = '" + verified + "' where phone_number = '" + number + "'");
        Api.json(Map.of("email", "eve@example.com"))
                .header("Authorization", "Bearer " + token)
                .patch("/api/auth/user")
                .then()
                .statusCode(200)
                .body("email", equalTo("eve@example.com"));
        Api.validate(token).then().body("user.email", equalTo(verified));
    }

    @Test
    void everyRouteNeedsALoginToken() {
        given().get("/api/auth/user/export").then().statusCode(401).body("code", equalTo("invalid_token"));
        given().delete("/api/auth/user").then().statusCode(401);
        Api.json(Map.of("first_name", "Eve")).patch("/api/auth/user").then().statusCode(401);
        changeTo(number(), "kriya_00000000-0000-4000-8000-000000000000").then().statusCode(401);
    }
}
