package io.kriya.token.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.kriya.Api;
import io.kriya.TestClock;
import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class ExpiryTest {

    @AfterEach
    void theClockIsRight() {
        TestClock.turn(Duration.ZERO);
    }

    @Test
    void aTokenIsValidUntilItsExpiryOnEveryRoute() {
        String token = Api.tokenOf(Api.number());
        TestClock.turn(Duration.ofHours(24).minusMinutes(1));
        Api.validate(token).then().body("valid", equalTo(true));
        Api.user(token).then().statusCode(200);
        TestClock.turn(Duration.ofHours(24));
        Api.validate(token).then().body("message", equalTo("Token is expired or inactive"));
        Api.user(token).then().statusCode(401);
    }

    @Test
    void theInstantOfExpiryItselfIsTooLate() {
        Instant expiry = Instant.parse("2026-01-01T00:00:00Z");
        var token = new IssuedToken(null, null, true, expiry);
        assertThat(token.validate(expiry.minusNanos(1))).isInstanceOf(TokenVerdict.Valid.class);
        assertThat(token.validate(expiry)).isInstanceOf(TokenVerdict.Inactive.class);
    }
}
