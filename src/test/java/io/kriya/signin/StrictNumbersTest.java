package io.kriya.signin;

import static io.kriya.Api.login;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.kriya.Api;
import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(StrictNumbersTest.Strict.class)
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class StrictNumbersTest {

    public static class Strict implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "kriya.phone.numbers",
                    "strict",
                    "kriya.phone.countries",
                    "GB,FO",
                    "kriya.names.without-links",
                    "true");
        }
    }

    @Test
    void oneNumberHoweverItIsDialledIsOnePerson() {
        String id = login("+44 7400 123456").then().statusCode(200).extract().path("user.id");
        login("+44 (0)7400 123456")
                .then()
                .statusCode(200)
                .body("user.id", equalTo(id))
                .body("user.phone_number", equalTo("+447400123456"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gro.live",
                "Win at HTTP://x",
                "Www.x",
                "x://y",
                "Ada (example.com/a)",
                "例え。テスト",
                "a1．co",
                "ab｡co"
            })
    void aNameWithTheAddressOfAWebPageIsRefused(String name) {
        Api.register(Map.of("phone_number", "+447400123456", "first_name", name))
                .then()
                .statusCode(422)
                .body("violations.field", contains("first_name"))
                .body("violations.code", contains("link"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"J.R.R. Tolkien", "Ada L.", "Dr. Who", "a/b", "Ada."})
    void aNameWithDotsIsNoAddress(String name) {
        Api.register(Map.of("phone_number", "+447400123456", "first_name", name))
                .then()
                .statusCode(200);
    }

    @Test
    void aShortNumberOfASmallCountryIsTaken() {
        login("+298 21 12 34").then().statusCode(200).body("user.phone_number", equalTo("+298211234"));
    }

    @ParameterizedTest
    @CsvSource({
        "+44 7400 12345, too_short",
        "+44 7400 1234567, too_long",
        "+44 6200 123456, no_such_number",
        "+44 20 7946 0000, fixed_line",
        "+44 909 879 0000, not_mobile",
        "+1 202 555 0100, country_not_served",
        "07400 123456, no_country_code"
    })
    void aRefusedNumberHasItsReason(String number, String code) {
        login(number).then().statusCode(422).body("violations.code", contains(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+1234567890", "+442079460000", "+449098790000", "+12025550100", "+447797712345", "+298", ""})
    void noMobileNumberOrOneOfAnotherCountryIsRefused(String number) {
        login(number)
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid_request"))
                .body("violations.field", contains("phone_number"));
    }
}
