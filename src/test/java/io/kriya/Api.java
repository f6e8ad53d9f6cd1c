package io.kriya;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Kriya's clients: a front end, and Plane. */
public final class Api {

    public static final String KEY = "the-key-of-the-tests-$-\\-${x}-1";
    public static final String PREVIOUS_KEY = "the-key-before-that-one-2";

    /** Where Plane takes people that Kriya sends back. */
    public static final String CALLBACK = "https://plane.example.com/auth/gitlab/callback/";

    /** What makes Kriya let people in to Plane as it is. */
    public static final Map<String, String> CLIENT = Map.of(
            "OAUTH_CLIENT_ID", "plane",
            "OAUTH_CLIENT_SECRET", "the-client-secret-of-the-tests-$-32",
            "OAUTH_REDIRECT_URIS", CALLBACK,
            "PUBLIC_URL", "https://login.example.com");

    private Api() {}

    /** A phone number that nobody has used. */
    public static String number() {
        return "+1" + ThreadLocalRandom.current().nextLong(2_000_000_000_000L, 9_999_999_999_999L);
    }

    public static RequestSpecification json(Object body) {
        return given().contentType(ContentType.JSON).body(body);
    }

    public static Response register(Object body) {
        return json(body).post("/api/auth/register");
    }

    public static Response login(String number) {
        return register(Map.of("phone_number", number, "first_name", "Ada"));
    }

    public static String tokenOf(String number) {
        return login(number).then().statusCode(200).extract().path("token");
    }

    public static Response validate(Object body) {
        return json(body).header("X-API-Key", KEY).post("/api/auth/validate-token");
    }

    public static Response validate(String token) {
        return validate(Map.of("token", token));
    }

    public static Response user(String token) {
        return given().header("Authorization", "Bearer " + token).get("/api/auth/user");
    }

    public static Response logout(String token) {
        return given().header("Authorization", "Bearer " + token).delete("/api/auth/logout");
    }

    public static Response cleanUp() {
        return given().header("X-API-Key", KEY).post("/api/auth/cleanup-tokens");
    }
}
