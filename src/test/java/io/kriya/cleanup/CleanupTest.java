package io.kriya.cleanup;

import static io.kriya.Api.number;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.kriya.Api;
import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class CleanupTest {

    @BeforeEach
    void nothingIsLeftOfOtherTests() {
        Api.cleanUp();
    }

    @Test
    void tokensPastTheirExpiryAreDeletedAndCounted() {
        String expired = Api.tokenOf(number());
        String expiredAndLoggedOut = Api.tokenOf(number());
        String loggedOut = Api.tokenOf(number());
        String good = Api.tokenOf(number());
        Api.logout(expiredAndLoggedOut);
        Api.logout(loggedOut);
        expire(expired);
        expire(expiredAndLoggedOut);

        Api.cleanUp()
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("message", equalTo("Cleaned up 2 expired tokens"));
        Api.cleanUp().then().body("message", equalTo("Cleaned up 0 expired tokens"));

        Api.validate(expired).then().body("message", equalTo("Token not found"));
        Api.validate(loggedOut).then().body("message", equalTo("Token is expired or inactive"));
        Api.validate(good).then().body("message", equalTo("Token is valid"));
    }

    private static void expire(String token) {
        TestSettings.database()
                .execute("update tokens set expires_at = now() - interval '1 second' where token_hash = sha256('"
                        + token + "')");
    }

    @Test
    void manyMoreThanABatchAreDeletedInOneCall() {
        insertExpired(Api.tokenOf(number()), 5_500);
        Api.cleanUp().then().statusCode(200).body("message", equalTo("Cleaned up 5500 expired tokens"));
    }

    @Test
    void lockedRowsAreSkipped() throws Exception {
        insertExpired(Api.tokenOf(number()), 20);
        try (var connection = TestSettings.database().connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select id from tokens where expires_at < now() limit 5 for update");
            Api.cleanUp().then().statusCode(200).body("message", equalTo("Cleaned up 15 expired tokens"));
            connection.rollback();
        }
        Api.cleanUp().then().body("message", equalTo("Cleaned up 5 expired tokens"));
    }

    private static void insertExpired(String token, int count) {
        TestSettings.database().execute("""
                insert into tokens (id, user_id, token_hash, is_active, expires_at, created_at)
                select gen_random_uuid(), t.user_id, sha256(convert_to(gen_random_uuid()::text, 'UTF8')), true,
                    now() - interval '1 hour', now() - interval '25 hours'
                from tokens t, generate_series(1, %d) where t.token_hash = sha256('%s')""".formatted(count, token));
        assertThat(TestSettings.database().count("select count(*) from tokens where expires_at < now()"))
                .isEqualTo(count);
    }

    @Test
    void theBodyIsIgnored() {
        for (String type : new String[] {"application/json", "text/plain", "application/xml"}) {
            given().header("X-API-Key", Api.KEY)
                    .contentType(type)
                    .body("{not json")
                    .post("/api/auth/cleanup-tokens/")
                    .then()
                    .statusCode(200);
        }
    }
}
