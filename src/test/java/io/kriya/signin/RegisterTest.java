package io.kriya.signin;

import static io.kriya.Api.login;
import static io.kriya.Api.number;
import static io.kriya.Api.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.kriya.Api;
import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class RegisterTest {

    private static final String UTC = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";

    @Test
    void aNewNumberIsRegisteredAndAKnownOneLoggedIn() {
        String number = number();
        Response first = register(Map.of(
                "phone_number", number, "first_name", "Ada", "last_name", "Lovelace", "email", "Ada@Example.com"));
        first.then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("message", equalTo("Registration successful"))
                .body(
                        "token",
                        matchesPattern("kriya_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"))
                .body("user.phone_number", equalTo(number))
                .body("user.first_name", equalTo("Ada"))
                .body("user.last_name", equalTo("Lovelace"))
                .body("user.email", equalTo("Ada@Example.com"))
                .body("user.created_at", matchesPattern(UTC))
                .body("expires_at", matchesPattern(UTC));
        Response second = login(number);
        second.then()
                .statusCode(200)
                .body("message", equalTo("Login successful"))
                .body("user.id", equalTo(first.path("user.id")))
                .body("user.created_at", equalTo(first.path("user.created_at")));
        assertThat(second.<String>path("token")).isNotEqualTo(first.path("token"));
        Api.validate(first.<String>path("token")).then().body("valid", equalTo(true));
        Api.validate(second.<String>path("token")).then().body("valid", equalTo(true));
    }

    @Test
    void theAnswerHasTheseFieldsAndNoOthers() {
        Map<String, Object> answer = login(number()).then().extract().path("$");
        assertThat(answer).containsOnlyKeys("success", "message", "token", "user", "expires_at");
        @SuppressWarnings("unchecked")
        var user = (Map<String, Object>) answer.get("user");
        assertThat(user).containsOnlyKeys("id", "phone_number", "first_name", "last_name", "email", "created_at");
    }

    @Test
    void aTokenIsGoodForTwentyFourHours() {
        Instant expiry = Instant.parse(login(number()).path("expires_at"));
        assertThat(Duration.between(Instant.now(), expiry))
                .isBetween(Duration.ofMinutes(23 * 60 + 59), Duration.ofHours(24));
    }

    @Test
    void noLastNameIsEmptyAndNoEmailIsNull() {
        login(number()).then().body("user.last_name", equalTo("")).body("user.email", nullValue());
    }

    @Test
    void whatIsMissingOrNullIsLeftAndWhatIsEmptyIsCleared() {
        String number = number();
        register(Map.of("phone_number", number, "first_name", "Ada", "last_name", "L", "email", "a@b.co"));
        register(Map.of("phone_number", number, "first_name", "Grace"))
                .then()
                .body("user.first_name", equalTo("Grace"))
                .body("user.last_name", equalTo("L"))
                .body("user.email", equalTo("a@b.co"));
        var nulls = new HashMap<String, Object>(Map.of("phone_number", number, "first_name", "Grace"));
        nulls.put("last_name", null);
        nulls.put("email", null);
        register(nulls).then().body("user.last_name", equalTo("L")).body("user.email", equalTo("a@b.co"));
        register(Map.of("phone_number", number, "first_name", "Grace", "last_name", "M", "email", "c@d.co"))
                .then()
                .body("user.last_name", equalTo("M"))
                .body("user.email", equalTo("c@d.co"));
        register(Map.of("phone_number", number, "first_name", "Grace", "last_name", "", "email", "  "))
                .then()
                .body("user.last_name", equalTo(""))
                .body("user.email", nullValue());
    }

    @Test
    void oneNumberInEverySpellingIsOnePerson() {
        String id = login("+12025550100").path("user.id");
        for (String spelling : new String[] {
            "+1 202-555-0100",
            "+1 (202) 555.0100",
            " +12025550100 ",
            "+١٢٠٢٥٥٥٠١٠٠",
            "+１２０２５５５０１００",
            "+१२०२५५५०१००",
            "+𝟏𝟐𝟎𝟐𝟓𝟓𝟓𝟎𝟏𝟎𝟎",
            "+1202\t5550100",
            "+12025550100\r\n",
            "\n+12025550100",
            "\uff0b12025550100",
            "+1\u00a0202\u2011555\u20130100",
            "\u202d+1 202 555 0100\u202c",
            "\u200e+1 202\u202f555\ufe0e0100",
            "\u2066+12025550100\u2069",
            "tel:+1-202-555-0100",
            "+1 (0) 202 555 0100",
            "+1 1 202 555 0100"
        }) {
            login(spelling)
                    .then()
                    .statusCode(200)
                    .body("user.id", equalTo(id))
                    .body("user.phone_number", equalTo("+12025550100"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1234567890", "+123456789012345", "+9 9 9 9 9 9 9 9 9 9"})
    void aNumberOfTenToFifteenDigitsIsTaken(String number) {
        login(number).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "+123456789",
                "+1234567890123456",
                "12025550100",
                "0012025550100",
                "+02025550100",
                "++12025550100",
                "+1202555O100",
                "+12025550100\u0000",
                "+1202555\ud8000100",
                "+1/202/5550100"
            })
    void whatIsNoNumberIsRefusedAndChangesNothing(String number) {
        long before = people();
        login(number)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body("violations.field", contains("phone_number"));
        assertThat(people()).isEqualTo(before);
    }

    @Test
    void aTrunkZeroMakesNobodyElse() {
        String id = login("+447911123456").path("user.id");
        for (String spelling : new String[] {"+44 (0)7911 123456", "+4407911123456"}) {
            login(spelling)
                    .then()
                    .statusCode(200)
                    .body("user.id", equalTo(id))
                    .body("user.phone_number", equalTo("+447911123456"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "12025550100, no_country_code",
        "0012025550100, no_country_code",
        "+02025550100, unknown_country_code",
        "+123456789, too_short",
        "+1234567890123456, too_long",
        "+1202555O100, malformed"
    })
    void aRefusedNumberHasItsReason(String number, String code) {
        login(number).then().statusCode(422).body("violations.code", contains(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "O'Brien \"Bob\"",
                "'); DROP TABLE users; --",
                "🙂",
                "Łukasz",
                "李小龍",
                "a\u200db",
                "C:\\Ada",
                "${x}",
                "null"
            })
    void namesAreStoredAndReturnedAsTheyAre(String name) {
        String number = number();
        register(Map.of("phone_number", number, "first_name", name, "last_name", name))
                .then()
                .statusCode(200)
                .body("user.first_name", equalTo(name))
                .body("user.last_name", equalTo(name));
        assertThat(TestSettings.database().query("select first_name from users where phone_number = '" + number + "'"))
                .isEqualTo(name);
    }

    @Test
    void namesAreCountedInCodePointsAndTrimmed() {
        register(Map.of("phone_number", number(), "first_name", "🙂".repeat(100), "last_name", "🙂".repeat(100)))
                .then()
                .statusCode(200);
        register(Map.of("phone_number", number(), "first_name", "\u00a0\t Ada\n\u3000", "last_name", "  "))
                .then()
                .statusCode(200)
                .body("user.first_name", equalTo("Ada"))
                .body("user.last_name", equalTo(""));
        register(Map.of("phone_number", number(), "first_name", " ".repeat(200) + "Ada"))
                .then()
                .statusCode(200);
    }

    @Test
    void aNextLineCharacterAroundANameIsTrimmed() {
        register(Map.of("phone_number", number(), "first_name", "\u0085Ada\u0085", "last_name", "\u0085"))
                .then()
                .statusCode(200)
                .body("user.first_name", equalTo("Ada"))
                .body("user.last_name", equalTo(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\u00a0", "a\u0000b", "a\nb", "a\u007fb", "a\u0085b", "\ud800", "a\udc00b"})
    void aFirstNameThatIsEmptyOrNoTextIsRefused(String name) {
        register(Map.of("phone_number", number(), "first_name", name))
                .then()
                .statusCode(422)
                .body("violations.field", contains("first_name"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "'\u00a0', empty",
        "'\u200b', invisible",
        "'-', invisible",
        "'._', invisible",
        "'?!', invisible",
        "'\u200b\u2060', invisible",
        "'\u3164', invisible",
        "'\u2800', invisible",
        "'\u0301', invisible",
        "'\u0903', invisible",
        "'\u20dd', invisible",
        "'\u200b\u2028\u200b', invisible",
        "'\ue000', invisible",
        "'\u0378', invisible",
        "'\u115f', invisible",
        "'\u1160', invisible",
        "'\uffa0', invisible",
        "'\ud834\udd59', invisible",
        "'\u202egro.live', forbidden_character",
        "'a\u202db', forbidden_character",
        "'a\ufdd0', forbidden_character",
        "'a\ufdef', forbidden_character",
        "'a\ufffe', forbidden_character",
        "'a\uffff', forbidden_character",
        "'a\ud83f\udfff', forbidden_character",
        "'a\u0007', forbidden_character"
    })
    void aRefusedNameHasItsReason(String name, String code) {
        register(Map.of("phone_number", number(), "first_name", name))
                .then()
                .statusCode(422)
                .body("violations.field", contains("first_name"))
                .body("violations.code", contains(code));
        register(Map.of("phone_number", number(), "first_name", "Ada", "last_name", name))
                .then()
                .statusCode(code.equals("empty") ? 200 : 422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "\ufdf2",
                "\u0e40\u0e02\u0e35\u0e22\u0e27",
                "\u2067\u05e2\u05d3\u05d4\u2069",
                "St.John",
                "\u2764\ufe0f",
                "N'Golo",
                "A."
            })
    void namesWithSomethingToSeeAreAccepted(String name) {
        register(Map.of("phone_number", number(), "first_name", name))
                .then()
                .statusCode(200)
                .body("user.first_name", equalTo(name));
    }

    @Test
    void namesOfMoreThanAHundredCharactersAreRefused() {
        register(Map.of("phone_number", number(), "first_name", "a".repeat(101), "last_name", "🙂".repeat(101)))
                .then()
                .statusCode(422)
                .body("violations.field", contains("first_name", "last_name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.co",
                "A.b_c%d+e-f@sub-domain.example.COM",
                " a@b.co ",
                "o'brien@example.com",
                "a&b@example.com",
                "!#$%&'*+/=?^_`{|}~-@example.com",
                "a@xn--bcher-kva.example",
                "a@example.xn--p1ai",
                "a@1.example.c0m",
                "a@kriya.local.example.com",
                "a@notkriya.local"
            })
    void anAddressIsTakenWithItsCaseKept(String email) {
        register(Map.of("phone_number", number(), "first_name", "Ada", "email", email))
                .then()
                .statusCode(200)
                .body("user.email", equalTo(email.strip()));
    }

    @Test
    void anAddressOfTwoHundredAndFiftyFourCharactersIsTaken() {
        register(Map.of("phone_number", number(), "first_name", "Ada", "email", address(254)))
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "@b.co",
                "a@",
                "a@b",
                "a@b.c",
                "a b@c.de",
                "a@example..com",
                ".a@example.com",
                "a.@example.com",
                "a..b@example.com",
                "a@.example.com",
                "a@-example.com",
                "a@example-.com",
                "a@example.1",
                "a@127.0.0.10",
                "a@example.c-",
                "a@b\u00fccher.example",
                "a(b)@example.com",
                "\"a b\"@example.com",
                "a@b.co\nbcc:x@y.zz",
                "a@b@c.de",
                "a\u0000@b.co",
                "ä@b.co",
                "a@b.co>",
                "1234567890@kriya.local",
                "a@KRIYA.Local",
                "a@x.kriya.local"
            })
    void whatIsNoAddressOrPlanesOwnIsRefused(String email) {
        register(Map.of("phone_number", number(), "first_name", "Ada", "email", email))
                .then()
                .statusCode(422)
                .body("violations.field", contains("email"));
    }

    @ParameterizedTest
    @ValueSource(ints = {255, 256, 10_000})
    void anAddressThatIsTooLongIsRefused(int length) {
        register(Map.of("phone_number", number(), "first_name", "Ada", "email", address(length)))
                .then()
                .statusCode(422)
                .body("violations.field", contains("email"));
    }

    private static String address(int length) {
        String domain = "@" + "d".repeat(60) + "." + "e".repeat(60) + ".com";
        return "a".repeat(length - domain.length()) + domain;
    }

    @Test
    void everyFieldThatIsMissingIsNamed() {
        register("{}").then().statusCode(422).body("violations.field", contains("first_name", "phone_number"));
        register(Map.of("phone_number", number()))
                .then()
                .statusCode(422)
                .body("violations.field", contains("first_name"))
                .body("violations.message", hasItem("is required"))
                .body("violations.code", contains("required"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "phone_number | 15551000018",
                "phone_number | true",
                "phone_number | [\"+12025550100\"]",
                "phone_number | {\"a\": 1}",
                "phone_number | 1e400",
                "first_name   | 1",
                "first_name   | false",
                "last_name    | 1.5",
                "last_name    | []",
                "email        | {}",
                "email        | 0"
            })
    void aWrongTypeIsRefusedNeverMadeToFit(String field, String value) {
        String body = "{\"%s\": %s%s%s}"
                .formatted(
                        field,
                        value,
                        field.equals("phone_number") ? "" : ", \"phone_number\": \"" + number() + "\"",
                        field.equals("first_name") ? "" : ", \"first_name\": \"Ada\"");
        register(body)
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid_request"))
                .body("violations.code", contains("wrong_type"))
                .body("violations.field", contains(field));
    }

    @Test
    void unknownFieldsAreIgnoredAndTheLastOfEqualKeysWins() {
        String number = number();
        register((Object)
                                "{\"first_name\": \"A\", \"phone_number\": \"+1\", \"x\": {\"y\": [1e400]}, \"last_name\": \"B\","
                        + " \"email\": null, \"phone_number\": \"" + number + "\", \"first_name\": \"Ada\", \"id\": 7}")
                .then()
                .statusCode(200)
                .body("user.phone_number", equalTo(number))
                .body("user.first_name", equalTo("Ada"))
                .body("user.last_name", equalTo("B"));
    }

    @Test
    void onlyTheHashOfATokenIsStored() {
        String token = Api.tokenOf(number());
        assertThat(TestSettings.database()
                        .count("select count(*) from tokens where token_hash = sha256('" + token + "')"
                                + " and octet_length(token_hash) = 32"))
                .isEqualTo(1);
        assertThat(TestSettings.database().count("select count(*) from tokens t where t::text like '%" + token + "%'"))
                .isZero();
    }

    private static long people() {
        return TestSettings.database().count("select count(*) from users");
    }

    @Test
    void withoutVerificationThereIsNothingToVerify() {
        for (String path : new String[] {
            "/api/auth/verify",
            "/api/auth/verify/",
            "/api/auth/verify/resend",
            "/api;a/auth/verify",
            "/api/auth;a=b/verify/resend"
        }) {
            Api.json(Map.of("verification_id", "x", "code", "123456"))
                    .post(path)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("not_found"));
        }
    }
}
