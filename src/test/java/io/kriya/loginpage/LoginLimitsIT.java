package io.kriya.loginpage;

import static io.kriya.Deployment.id;
import static io.kriya.Deployment.number;
import static io.kriya.Deployment.verification;
import static io.kriya.Deployment.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.oauth.Plane;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** What the API and the login page count together. */
class LoginLimitsIT {

    private static String indian() {
        return "+9198" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
    }

    private static Person give(Deployment kriya, String number) {
        return new Person(kriya).open(Plane.query(Plane.state())).submit("", "phone_number", number);
    }

    private static int register(Deployment kriya, String number, String address) {
        return kriya.post(
                        "/api/auth/register",
                        "{\"phone_number\": \"%s\"}".formatted(number),
                        "X-Forwarded-For",
                        address)
                .statusCode();
    }

    private static int verify(Deployment kriya, String id, String code, String address) {
        return kriya.post("/api/auth/verify", verification(id, code), "X-Forwarded-For", address)
                .statusCode();
    }

    @Test
    void addressesCountriesAndTheDayHaveOneCeilingForBoth() {
        var settings = new HashMap<>(Api.CLIENT);
        // Half of each at once.
        settings.putAll(Map.of(
                "SMS_LIMIT_ADDRESS", "4/1h",
                "SMS_LIMIT_ADDRESS_WRONG_CODES", "4/1h",
                "SMS_LIMIT_COUNTRY", "10/24h",
                "SMS_LIMIT_TOTAL", "16/24h"));
        try (var kriya = Deployment.start(1, settings)) {
            var person = new Person(kriya);
            assertThat(register(kriya, number(), person.address())).isEqualTo(202);
            String second = number();
            person.open(Plane.query(Plane.state())).submit("", "phone_number", second);
            assertThat(person.path()).endsWith("/code");
            // The first is not counted.
            for (int i = 0; i < 3; i++) {
                person.submit("/code", "code", wrong(kriya.codeOf(second)));
                assertThat(person.page()).contains("Attempts left: " + (4 - i));
            }
            assertThat(person.submit("/code", "code", kriya.codeOf(second)).path())
                    .endsWith("/oauth/authorize");
            assertThat(person.page()).contains("<title>Error");
            assertThat(person.open(Plane.query(Plane.state()))
                            .submit("", "phone_number", number())
                            .status())
                    .isEqualTo(429);
            assertThat(register(kriya, number(), person.address())).isEqualTo(429);
            String other = number();
            String begun = id(kriya.register(other));
            String guessed = wrong(kriya.codeOf(other));
            assertThat(verify(kriya, begun, guessed, person.address())).isEqualTo(401);
            assertThat(verify(kriya, begun, guessed, person.address())).isEqualTo(410);

            for (int i = 0; i < 2; i++) {
                assertThat(give(kriya, number()).path()).endsWith("/code");
            }
            assertThat(give(kriya, number()).status()).isEqualTo(429);
            assertThat(kriya.register(number()).statusCode()).isEqualTo(429);
            for (int i = 0; i < 3; i++) {
                assertThat(give(kriya, indian()).path()).endsWith("/code");
            }
            assertThat(give(kriya, indian()).status()).isEqualTo(429);
            assertThat(kriya.register(indian()).statusCode()).isEqualTo(429);
            assertThat(kriya.gateway.received()).hasSize(8);
            for (String limit : new String[] {"address", "country", "total", "codes_of_address"}) {
                assertThat(kriya.one().metric("kriya_limited_total{limit=\"" + limit + "\"}"))
                        .as(limit)
                        .isEqualTo(2);
            }
        }
    }
}
