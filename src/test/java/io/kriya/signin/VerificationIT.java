package io.kriya.signin;

import static io.kriya.Deployment.id;
import static io.kriya.Deployment.json;
import static io.kriya.Deployment.number;
import static io.kriya.Deployment.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import io.kriya.sms.FakeGateway;
import io.kriya.sms.FakeGateway.Behaviour;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proof of a phone, on two replicas. */
class VerificationIT {

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void twoReplicasRun() {
        kriya = Deployment.start(
                2,
                Map.of(
                        "SMS_TEST_NUMBERS", "+15555550100=123456",
                        "SMS_TEST_NUMBERS_UNTIL", LocalDate.now().plusDays(30).toString(),
                        "SMS_WEBOTP_HOST", "login.example.com"));
    }

    @AfterEach
    void theGatewayWorks() {
        kriya.gateway.respondWith(Behaviour.SUCCESS);
    }

    @Test
    void registerSendsACodeAndNothingElse() {
        String number = number();
        var answer = kriya.registerAs(number, "Ada");

        assertThat(answer.statusCode()).isEqualTo(202);
        var json = json(answer);
        assertThat(json.getBoolean("success")).isTrue();
        assertThat(json.getString("message")).isEqualTo("Verification code sent");
        assertThat(json.getMap("verification"))
                .containsOnlyKeys(
                        "id",
                        "phone_number",
                        "expires_at",
                        "expires_in",
                        "resend_at",
                        "resend_in",
                        "attempts_left",
                        "delivery",
                        "channel");
        assertThat(json.getInt("verification.expires_in")).isBetween(500, 600);
        assertThat(json.getInt("verification.resend_in")).isBetween(1, 30);
        assertThat(json.getString("verification.id")).matches("[A-Za-z0-9_-]{32}");
        assertThat(json.getString("verification.phone_number")).isEqualTo(number);
        assertThat(Instant.parse(json.getString("verification.expires_at")))
                .isAfter(Instant.parse(json.getString("verification.resend_at")));
        assertThat(json.getInt("verification.attempts_left")).isEqualTo(5);
        assertThat(json.getString("verification.delivery")).isEqualTo("sent");
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        assertThat(kriya.gateway.last().text()).endsWith("\n\n@login.example.com #" + kriya.codeOf(number));
        assertThat(kriya.database.count("select count(*) from users where phone_number = '" + number + "'"))
                .isZero();
    }

    @Test
    void theRightCodeRegistersThenLogsIn() {
        String number = number();
        String id = id(kriya.registerAs(number, "Ada"));
        var registered = kriya.verify(id, kriya.codeOf(number));

        assertThat(registered.statusCode()).isEqualTo(200);
        var json = json(registered);
        assertThat(json.getMap(""))
                .containsOnlyKeys("success", "message", "token", "user", "expires_at", "device_token");
        assertThat(json.getString("message")).isEqualTo("Registration successful");
        assertThat(json.getString("user.phone_number")).isEqualTo(number);
        assertThat(json.getString("user.first_name")).isEqualTo("Ada");
        assertThat(kriya.two().letsIn(json.getString("token"))).isTrue();

        kriya.coolDown();
        String again = id(kriya.register(number));
        var known = json(kriya.verify(again, kriya.codeOf(number)));
        assertThat(known.getString("message")).isEqualTo("Login successful");
        assertThat(known.getString("user.id")).isEqualTo(json.getString("user.id"));
        assertThat(known.getString("user.first_name")).isEqualTo("Ada");
    }

    @Test
    void aNewPersonWithoutANameGivesItWithTheCode() {
        String number = number();
        String id = id(kriya.register(number));
        String code = kriya.codeOf(number);
        var nameless = kriya.verify(id, code);
        assertThat(nameless.statusCode()).isEqualTo(422);
        assertThat(nameless.body()).contains("\"field\":\"first_name\"");
        for (int i = 0; i < 6; i++) {
            assertThat(kriya.verify(id, code).statusCode()).isEqualTo(422);
        }
        var named = kriya.post(
                "/api/auth/verify",
                "{\"verification_id\": \"%s\", \"code\": \"%s\", \"first_name\": \" Ada \"}".formatted(id, code));
        assertThat(named.statusCode()).isEqualTo(200);
        assertThat(json(named).getString("user.first_name")).isEqualTo("Ada");
    }

    @Test
    void aWrongCodeTellsHowOftenItMayBeTriedAgain() {
        String number = number();
        String id = id(kriya.registerAs(number, "Ada"));
        String code = kriya.codeOf(number);
        for (int left = 4; left >= 0; left--) {
            var answer = kriya.verify(id, wrong(code));
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(json(answer).getString("code")).isEqualTo("wrong_code");
            assertThat(json(answer).getInt("attempts_left")).isEqualTo(left);
        }
        assertThatItIsOver(kriya.verify(id, code));
        assertThatItIsOver(kriya.resend(id));
    }

    @Test
    void whateverIsOverIsOneAnswer() {
        String used = number();
        String usedId = id(kriya.registerAs(used, "Ada"));
        assertThat(kriya.verify(usedId, kriya.codeOf(used)).statusCode()).isEqualTo(200);
        String expired = number();
        String expiredId = id(kriya.registerAs(expired, "Ada"));
        kriya.database.execute("update challenges set expires_at = now() where phone_number = '" + expired + "'");

        assertThatItIsOver(kriya.verify(usedId, kriya.codeOf(used)));
        assertThatItIsOver(kriya.verify(expiredId, kriya.codeOf(expired)));
        assertThatItIsOver(kriya.verify("q3Zk0vJmT1n8bXc5Yd7LrA2sEoWfHuGi", "123456"));
        assertThatItIsOver(kriya.verify("no id at all", "123456"));
        assertThatItIsOver(kriya.resend(usedId));
        assertThatItIsOver(kriya.resend(expiredId));
        assertThatItIsOver(kriya.resend("no id at all"));
    }

    private static void assertThatItIsOver(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"type\":\"about:blank\",\"title\":\"Gone\",\"status\":410,"
                                + "\"detail\":\"The verification is over; ask for a new code.\",\"code\":\"verification_over\"}");
    }

    @Test
    void theSameCodeIsSentAgainInGrowingDelays() {
        String number = number();
        String id = id(kriya.registerAs(number, "Ada"));
        String code = kriya.codeOf(number);
        var early = kriya.resend(id);
        assertThat(early.statusCode()).isEqualTo(429);
        assertThat(json(early).getString("code")).isEqualTo("resend_too_early");
        assertThat(Instant.parse(json(early).getString("retry_at"))).isAfter(Instant.now());
        assertThat(Long.parseLong(early.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, 30L)
                .isEqualTo(json(early).getLong("retry_after"));

        long delay = 30;
        for (int sends = 2; sends <= 5; sends++) {
            mayBeSentNow(number);
            var sent = kriya.resend(id);
            assertThat(sent.statusCode()).isEqualTo(202);
            assertThat(json(sent).getString("verification.id")).isEqualTo(id);
            assertThat(kriya.messagesTo(number)).isEqualTo(sends);
            assertThat(kriya.codeOf(number)).isEqualTo(code);
            delay *= 2;
            assertThat(Instant.parse(json(sent).getString("verification.resend_at")))
                    .isAfter(Instant.now().plusSeconds(sends < 5 ? delay - 20 : 500));
        }
        mayBeSentNow(number);
        assertThat(kriya.resend(id).statusCode()).isEqualTo(429);
        assertThat(kriya.messagesTo(number)).isEqualTo(5);
        assertThat(kriya.verify(id, code).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"voice", "whatsapp", "pigeon", ""})
    void aChannelThatThereIsNotIsRefusedAndNothingIsSent(String channel) {
        String number = number();
        String id = id(kriya.register(number));
        mayBeSentNow(number);
        var refused = kriya.post(
                "/api/auth/verify/resend", "{\"verification_id\": \"%s\", \"channel\": \"%s\"}".formatted(id, channel));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("\"field\":\"channel\"");
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        var usual = kriya.post(
                "/api/auth/verify/resend", "{\"verification_id\": \"%s\", \"channel\": \"sms\"}".formatted(id));
        assertThat(usual.statusCode()).isEqualTo(202);
    }

    private static void mayBeSentNow(String number) {
        kriya.database.execute("update challenges set resend_at = now() where phone_number = '" + number + "'");
        kriya.coolDown();
    }

    @Test
    void aDoubleTapIsOneMessageAndOneChallenge() throws Exception {
        String number = number();
        String key = UUID.randomUUID().toString();
        String body = "{\"phone_number\": \"%s\", \"first_name\": \"Ada\"}".formatted(number);
        var statuses = Deployment.atOnce(20, _ -> kriya.post("/api/auth/register", body, "Idempotency-Key", key));
        assertThat(statuses).containsOnly(202);
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        assertThat(challengesOf(number)).isEqualTo(1);
        String id = id(kriya.post("/api/auth/register", body, "Idempotency-Key", key));

        mayBeSentNow(number);
        statuses = Deployment.atOnce(20, _ -> kriya.resend(id, "Idempotency-Key", key));
        assertThat(statuses).containsOnly(202);
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
        assertThat(kriya.verify(id, kriya.codeOf(number)).statusCode()).isEqualTo(200);
        assertThat(kriya.post("/api/auth/register", body, "Idempotency-Key", key)
                        .statusCode())
                .isEqualTo(410);
    }

    @Test
    void aVerificationWhoseAnswerWasLostGetsItAgainForAMinute() {
        String number = number();
        String key = UUID.randomUUID().toString();
        String id = id(kriya.registerAs(number, "Ada"));
        String code = kriya.codeOf(number);
        var first = kriya.verify(id, code, "Idempotency-Key", key);
        assertThat(first.statusCode()).isEqualTo(200);
        for (KriyaProcess replica : kriya.replicas) {
            var again = kriya.postTo(
                    replica, "/api/auth/verify", Deployment.verification(id, code), "Idempotency-Key", key);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(first.body());
        }
        assertThat(json(first).getString("message")).isEqualTo("Registration successful");
        assertThat(json(first).getString("token"))
                .matches("kriya_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(tokensOf(number)).isEqualTo(1);
        assertThat(kriya.messagesTo(number)).isEqualTo(1);

        assertThatItIsOver(kriya.verify(id, code));
        assertThatItIsOver(kriya.verify(id, wrong(code), "Idempotency-Key", key));
        assertThatItIsOver(
                kriya.verify(id, code, "Idempotency-Key", UUID.randomUUID().toString()));
        for (String field : List.of("first_name", "last_name", "email")) {
            String body = "{\"verification_id\": \"%s\", \"code\": \"%s\", \"%s\": \"eve@example.com\"}";
            assertThatItIsOver(kriya.post("/api/auth/verify", body.formatted(id, code, field), "Idempotency-Key", key));
        }
        kriya.database.execute("update tokens set created_at = created_at - interval '61 seconds' where user_id ="
                + " (select id from users where phone_number = '" + number + "')");
        assertThatItIsOver(kriya.verify(id, code, "Idempotency-Key", key));
    }

    @Test
    void aLoginThatIsSentAgainIsALogin() {
        String number = number();
        kriya.tokenOf(number);
        kriya.coolDown();
        String key = UUID.randomUUID().toString();
        String id = id(kriya.register(number));
        String code = kriya.codeOf(number);
        String first = kriya.verify(id, code, "Idempotency-Key", key).body();
        assertThat(first).contains("Login successful");
        assertThat(kriya.verify(id, code, "Idempotency-Key", key).body()).isEqualTo(first);
    }

    @Test
    void aRevokedTokenIsNotGivenAgain() {
        String number = number();
        String key = UUID.randomUUID().toString();
        String id = id(kriya.registerAs(number, "Ada"));
        String code = kriya.codeOf(number);
        assertThat(kriya.verify(id, code, "Idempotency-Key", key).statusCode()).isEqualTo(200);
        kriya.database.execute("update tokens set is_active = false where user_id ="
                + " (select id from users where phone_number = '" + number + "')");
        assertThatItIsOver(kriya.verify(id, code, "Idempotency-Key", key));
    }

    @Test
    void ofEqualVerificationsAtOnceEachGetsTheSameAnswer() throws Exception {
        String number = number();
        String key = UUID.randomUUID().toString();
        String id = id(kriya.registerAs(number, "Ada"));
        String code = kriya.codeOf(number);
        var bodies = ConcurrentHashMap.newKeySet();
        var statuses = Deployment.atOnce(8, _ -> {
            var answer = kriya.verify(id, code, "Idempotency-Key", key);
            bodies.add(answer.body());
            return answer;
        });
        assertThat(statuses).containsOnly(200);
        assertThat(bodies).hasSize(1);
        assertThat(tokensOf(number)).isEqualTo(1);
    }

    private static long tokensOf(String number) {
        return kriya.database.count("select count(*) from tokens where user_id = (select id from users"
                + " where phone_number = '" + number + "')");
    }

    private static long challengesOf(String number) {
        return kriya.database.count("select count(*) from challenges where phone_number = '" + number + "'");
    }

    @Test
    void aRequestWhoseMessageCouldNotBeSentSendsItWhenItIsRepeated() {
        String number = number();
        String key = UUID.randomUUID().toString();
        kriya.gateway.respondWith(Behaviour.CLOSED);
        assertThat(kriya.register(number, "Idempotency-Key", key).statusCode()).isEqualTo(503);
        kriya.gateway.respondWith(Behaviour.SUCCESS);
        assertThat(kriya.register(number, "Idempotency-Key", key).statusCode()).isEqualTo(202);
        assertThat(kriya.register(number, "Idempotency-Key", key).statusCode()).isEqualTo(202);
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        assertThat(challengesOf(number)).isEqualTo(1);
    }

    @Test
    void anotherRequestUnderTheSameKeyIsAnotherChallenge() {
        String key = UUID.randomUUID().toString();
        String one = id(kriya.register(number(), "Idempotency-Key", key));
        String other = id(kriya.register(number(), "Idempotency-Key", key));
        assertThat(one).isNotEqualTo(other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15 characters !"})
    void aKeyThatCouldBeGuessedIsRefused(String key) {
        var answer = kriya.register(number(), "Idempotency-Key", key);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "1234567", "12345a", "", "１２３４５"})
    void whatIsNotSixDigitsIsRefusedAndNotCounted(String code) {
        String number = number();
        String id = id(kriya.register(number));
        assertThat(kriya.verify(id, code).statusCode()).isEqualTo(422);
        assertThat(kriya.database.count("select attempts from challenges where phone_number = '" + number + "'"))
                .isZero();
    }

    @Test
    void aCodeMayBeTypedInAnyScriptAndInGroups() {
        String number = number();
        String id = id(kriya.registerAs(number, "Ada"));
        String code = kriya.codeOf(number);
        var typed = new StringBuilder();
        code.chars().forEach(digit -> typed.append((char) (digit - '0' + '٠')));
        typed.insert(3, " - ");
        assertThat(kriya.verify(id, typed.toString()).statusCode()).isEqualTo(200);
    }

    @Test
    void manyPeopleMayTryOneTestNumberAtOnce() throws Exception {
        var ids = IntStream.range(0, 16)
                .mapToObj(_ -> id(kriya.registerAs("+15555550100", "Tess")))
                .toList();
        var statuses = Deployment.atOnce(ids.size(), i -> kriya.verify(ids.get(i), "123456"));
        // The proof of one ends the others.
        assertThat(statuses).containsOnly(200, 401).contains(200);
    }

    @Test
    void provingANumberEndsItsOtherChallengesAndDoesNotTell() {
        String number = number();
        String key = UUID.randomUUID().toString();
        String id = id(kriya.register(number, "Idempotency-Key", key));
        String code = kriya.codeOf(number);
        kriya.tokenOf(number);
        mayBeSentNow(number);
        long sent = kriya.messagesTo(number);

        assertThat(id(kriya.register(number, "Idempotency-Key", key))).isEqualTo(id);
        var resent = kriya.resend(id);
        assertThat(resent.statusCode()).isEqualTo(202);
        assertThat(Instant.parse(json(resent).getString("verification.resend_at")))
                .isAfter(Instant.now().plusSeconds(40));
        assertThat(kriya.resend(id).statusCode()).isEqualTo(429);
        assertThat(kriya.messagesTo(number)).isEqualTo(sent);
        assertThat(json(kriya.verify(id, wrong(code))).getInt("attempts_left")).isEqualTo(4);
        assertThat(json(kriya.verify(id, code)).getInt("attempts_left")).isEqualTo(3);

        kriya.pass(Duration.ofMinutes(10));
        assertThatItIsOver(kriya.register(number, "Idempotency-Key", key));
        assertThatItIsOver(kriya.verify(id, code));
    }

    @Test
    void whatIsGivenBeforeTheCodeTouchesNoAccount() {
        String number = number();
        String token = kriya.tokenOf(number);
        String body = "{\"phone_number\": \"%s\", \"first_name\": \"Mallory\", \"email\": \"admin@example.com\"}"
                .formatted(number);
        String id = id(kriya.post("/api/auth/register", body));
        kriya.verify(id, wrong(kriya.codeOf(number)));
        assertThat(kriya.one().validate(token).body()).contains("\"Ada\"").doesNotContain("Mallory");
        assertThat(kriya.database.query(
                        "select first_name || coalesce(email, '-') from users where phone_number = '" + number + "'"))
                .isEqualTo("Ada-");
    }

    @Test
    void planeIsNotToldAnEmailThatNobodyProved() {
        String number = number();
        String id = id(kriya.post(
                "/api/auth/register",
                "{\"phone_number\": \"%s\", \"first_name\": \"Ada\", \"email\": \"ada@example.com\"}"
                        .formatted(number)));
        String token = json(kriya.verify(id, kriya.codeOf(number))).getString("token");
        // From the database, and from memory.
        for (int i = 0; i < 2; i++) {
            var validated = json(kriya.one().validate(token));
            assertThat(validated.getBoolean("valid")).isTrue();
            assertThat(validated.getString("user.email")).isNull();
        }
        var own = kriya.one()
                .send(kriya.one()
                        .request("/api/auth/user")
                        .header("Authorization", "Bearer " + token)
                        .build());
        assertThat(json(own).getString("email")).isEqualTo("ada@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+12024560", // too short for its country
                "+15555550123", // no such area
                "+18005550199", // toll-free
                "+19005550199", // premium rate
                "+442079460000", // a land line
                "+448712345678", // shared cost
                "+999123456789", // no country
            })
    void aNumberThatCantGetATextMessageIsRefused(String number) {
        var answer = kriya.register(number);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("phone_number").doesNotContain(number);
    }

    @Test
    void aMobileNumberOfEveryCountryGetsItsCode() {
        var library = PhoneNumberUtil.getInstance();
        // Some territories have numbers of their neighbours.
        var numbers = library.getSupportedRegions().stream()
                .map(region -> library.getExampleNumberForType(region, PhoneNumberType.MOBILE))
                .filter(Objects::nonNull)
                .map(example -> library.format(example, PhoneNumberFormat.E164))
                .collect(Collectors.toSet());
        assertThat(numbers).hasSizeGreaterThan(220);
        for (String number : numbers) {
            assertThat(kriya.register(number).statusCode()).as(number).isEqualTo(202);
            assertThat(kriya.messagesTo(number)).as(number).isEqualTo(1);
        }
    }

    @Test
    void aTestNumberGetsNoMessageAndIsNotCountedAsOne() {
        for (int i = 0; i < 30; i++) {
            String id = id(kriya.registerAs("+1 (555) 555-0100", "Tess"));
            assertThat(kriya.verify(id, "654321").statusCode()).isEqualTo(401);
            assertThat(kriya.verify(id, "123456").statusCode()).isEqualTo(200);
        }
        assertThat(kriya.messagesTo("+15555550100")).isZero();
    }

    @Test
    void aTestNumberIsLeftOutOfTheLimitsOfMessagesOnly() {
        String address = Deployment.address();
        var ids = new ArrayList<String>();
        var answer = kriya.register("+15555550100", "X-Forwarded-For", address);
        while (answer.statusCode() == 202 && ids.size() < 50) {
            ids.add(id(answer));
            answer = kriya.register("+15555550100", "X-Forwarded-For", address);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        // Half of SMS_LIMIT_ADDRESS at once.
        assertThat(ids).hasSize(20);
        long compared = ids.stream()
                .flatMap(
                        id -> IntStream.range(0, 5).mapToObj(_ -> kriya.verify(id, "654321", "X-Forwarded-For", address)
                                .statusCode()))
                .filter(status -> status == 401)
                .count();
        // Half of SMS_LIMIT_ADDRESS_WRONG_CODES at once; no message bounds the first code of each challenge.
        assertThat(compared).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"RATE_LIMITED", "REJECTED", "CLOSED"})
    void whereNothingIsSentNothingHasHappened(Behaviour behaviour) {
        String number = number();
        kriya.gateway.respondWith(behaviour);
        // More often than the limit of a number.
        for (int i = 0; i < 25; i++) {
            var answer = kriya.register(number);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(json(answer).getString("code"))
                    .isEqualTo(behaviour == Behaviour.REJECTED ? "sms_rejected" : "sms_unavailable");
            assertThat(Integer.parseInt(
                            answer.headers().firstValue("Retry-After").orElseThrow()))
                    .isEqualTo(
                            switch (behaviour) {
                                case RATE_LIMITED -> FakeGateway.RETRY_AFTER_SECONDS;
                                case REJECTED -> 3600;
                                default -> 30;
                            });
        }
        kriya.gateway.respondWith(Behaviour.SUCCESS);
        long tried = kriya.messagesTo(number);
        assertThat(kriya.register(number).statusCode()).isEqualTo(202);
        assertThat(kriya.messagesTo(number)).isEqualTo(tried + 1);
    }

    @Test
    void aNumberThatTheGatewayRefusesIsSaidToBeWrong() {
        kriya.gateway.respondWith(Behaviour.INVALID_PHONE_NUMBER);
        String number = number();
        var answer = kriya.register(number);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("\"field\":\"phone_number\"", "\"code\":\"unreachable\"", "can't receive a text message");
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"FAULT", "GARBAGE", "CUT"})
    void whatMayHaveBeenSentIsGoodAndSentOnceOnlyAndNotSaidToBeSent(Behaviour behaviour) {
        String number = number();
        kriya.gateway.respondWith(behaviour);
        String key = UUID.randomUUID().toString();
        String body = "{\"phone_number\": \"%s\", \"first_name\": \"Ada\"}".formatted(number);
        var answer = kriya.post("/api/auth/register", body, "Idempotency-Key", key);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).getString("verification.delivery")).isEqualTo("unknown");
        kriya.gateway.respondWith(Behaviour.SUCCESS);
        var repeated = kriya.post("/api/auth/register", body, "Idempotency-Key", key);
        assertThat(json(repeated).getString("verification.delivery")).isEqualTo("unknown");
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        mayBeSentNow(number);
        var resent = kriya.resend(id(answer));
        assertThat(json(resent).getString("verification.delivery")).isEqualTo("sent");
        assertThat(kriya.verify(id(answer), kriya.codeOf(number)).statusCode()).isEqualTo(200);
        assertThat(resultOf(number)).isEqualTo("webhook US unknown");
    }

    @Test
    void aMessageThatCouldNotBeSentAgainMayBeAskedForAtOnce() {
        String number = number();
        String id = id(kriya.registerAs(number, "Ada"));
        mayBeSentNow(number);
        kriya.gateway.respondWith(Behaviour.CLOSED);
        assertThat(kriya.resend(id).statusCode()).isEqualTo(503);
        kriya.gateway.respondWith(Behaviour.SUCCESS);
        assertThat(kriya.resend(id).statusCode()).isEqualTo(202);
    }

    @Test
    void whatBecameOfAMessageIsRecordedWithoutItsCode() {
        String number = number();
        kriya.register(number);
        assertThat(resultOf(number)).isEqualTo("webhook US sent");
        String columns = kriya.database.query("select string_agg(column_name, ' ' order by column_name)"
                + " from information_schema.columns where table_name = 'messages'");
        assertThat(columns)
                .isEqualTo("challenge_id country created_at delivery delivery_at error_code id result sender");
    }

    @Test
    void theErrorCodeOfTheProviderIsKeptAndLogged() {
        var environment = kriya.environment();
        environment.putAll(kriya.gateway.twilio());
        try (var replica = KriyaProcess.start(environment)) {
            for (int code : List.of(21408, 21606, 30450, 20003)) {
                String number = number();
                kriya.gateway.respondWith(400, "", "{\"code\": %d, \"message\": \"%s\"}".formatted(code, number));
                var answer =
                        kriya.postTo(replica, "/api/auth/register", "{\"phone_number\": \"%s\"}".formatted(number));
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(json(answer).getString("code")).isEqualTo("sms_rejected");
                assertThat(resultOf(number)).isEqualTo("twilio US rejected " + code);
                replica.awaitLog("error code " + code);
                assertThat(replica.log()).doesNotContain(number);
            }
            for (int code : List.of(21211, 21610, 21614)) {
                String number = number();
                kriya.gateway.respondWith(400, "", "{\"code\": %d}".formatted(code));
                assertThat(kriya.postTo(replica, "/api/auth/register", "{\"phone_number\": \"%s\"}".formatted(number))
                                .statusCode())
                        .isEqualTo(422);
                assertThat(resultOf(number)).isEqualTo("twilio US invalid_phone_number " + code);
            }
        }
    }

    private static String resultOf(String number) {
        return kriya.database.query(
                "select concat_ws(' ', sender, country, result, error_code) from messages where challenge_id in"
                        + " (select id from challenges where phone_number = '" + number
                        + "') order by created_at limit 1");
    }

    @Test
    void aTextOfTheOperatorIsSentLetterForLetterWithItsSenderAndTemplate(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("texts.properties"), """
                hi={code} is your OTP for {service}. DO NOT share -KRIYAX
                hi.sender=KRIYAX
                hi.template=1107161234567890123
                """);
        var environment = kriya.environment();
        environment.putAll(Map.of(
                "SMS_TEXTS_FILE",
                file.toString(),
                "SMS_WEBOTP_HOST",
                "login.example.com",
                "SMS_APP_HASH",
                "FA+9qCX9VSu"));
        try (var replica = KriyaProcess.start(environment)) {
            String body = "{\"phone_number\": \"%s\"}".formatted(number());
            kriya.postTo(replica, "/api/auth/register", body, "Accept-Language", "hi-IN");
            assertThat(kriya.gateway.last().text())
                    .isEqualTo(kriya.gateway.lastCode() + " is your OTP for Kriya. DO NOT share -KRIYAX");
            assertThat(kriya.gateway.last().fields())
                    .containsEntry("sender", "KRIYAX")
                    .containsEntry("template_id", "1107161234567890123");
            body = "{\"phone_number\": \"%s\"}".formatted(number());
            kriya.postTo(replica, "/api/auth/register", body, "Accept-Language", "en");
            assertThat(kriya.gateway.last().text())
                    .startsWith("Your Kriya code is ")
                    .endsWith("\nFA+9qCX9VSu\n\n@login.example.com #" + kriya.gateway.lastCode());
            assertThat(kriya.gateway.last().fields()).doesNotContainKeys("sender", "template_id");
        }
        Files.writeString(file, "hi=No place for it");
        try (var refused = KriyaProcess.launch(environment)) {
            assertThat(refused.awaitExit()).isNotZero();
            assertThat(refused.log()).contains("SMS_TEXTS_FILE has the text hi");
        }
    }

    @Test
    void theMessageIsInTheLanguageOfTheBrowser() {
        String number = number();
        kriya.register(number, "Accept-Language", "es-MX,es;q=0.9,en;q=0.5");
        assertThat(kriya.gateway.last().text()).contains("es su clave de Kriya");
    }

    @Test
    void anAccountThatNobodyUsedForLongIsNotHandedToWhoeverProvesItsNumber() {
        String number = number();
        String token = kriya.tokenOf(number);
        String owner = json(kriya.one().validate(token)).getString("user.id");
        kriya.database.execute(
                "update users set last_login_at = now() - interval '364 days' where id = '" + owner + "'");
        assertThat(json(kriya.one().validate(kriya.tokenOf(number))).getString("user.id"))
                .isEqualTo(owner);
        kriya.database.execute(
                "update users set last_login_at = now() - interval '366 days' where id = '" + owner + "'");

        kriya.coolDown();
        String id = id(kriya.register(number));
        assertThat(kriya.verify(id, kriya.codeOf(number)).statusCode()).isEqualTo(422);
        assertThat(kriya.one().letsIn(token)).isTrue();

        var stranger = kriya.postTo(
                kriya.one(),
                "/api/auth/verify",
                "{\"verification_id\": \"%s\", \"code\": \"%s\", \"first_name\": \"Eve\"}"
                        .formatted(id, kriya.codeOf(number)));
        assertThat(json(stranger).getString("message")).isEqualTo("Registration successful");
        assertThat(json(stranger).getString("user.id")).isNotEqualTo(owner);
        assertThat(kriya.one().letsIn(token)).isFalse();
        assertThat(kriya.database.query(
                        "select concat_ws(' ', first_name, former_phone_number, released_at is not null,"
                                + " phone_number ~ '^~[0-9a-f]{19}$') from users where id = '" + owner + "'"))
                .isEqualTo("Ada " + number + " t t");
        kriya.one().awaitLog("Account " + owner + " has lost its number");
        assertThat(kriya.one().metric("kriya_accounts_released_total")).isPositive();
    }

    @Test
    void aKeyIsChangedWithoutLosingAChallenge() {
        String number = number();
        String id = id(kriya.registerAs(number, "Ada"));
        var environment = kriya.environment();
        environment.put("SECRET_KEY", "another-secret-key-of-32-characters-or-more");
        environment.put("SECRET_KEY_PREVIOUS", Deployment.SECRET_KEY);
        try (var moved = KriyaProcess.start(environment)) {
            String code = kriya.codeOf(number);
            assertThat(kriya.postTo(moved, "/api/auth/verify", Deployment.verification(id, wrong(code)))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(kriya.postTo(moved, "/api/auth/verify", Deployment.verification(id, code))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void codesAreCountedWhenTheirTransactionIsCommitted() {
        String number = number();
        String id = id(kriya.register(number));
        String code = kriya.codeOf(number);
        String wrongCodes = "kriya_verifications_total{step=\"wrong_code\"}";
        String verified = "kriya_verifications_total{step=\"verified\"}";
        double wrongBefore = kriya.one().metric(wrongCodes);
        double verifiedBefore = kriya.one().metric(verified);
        kriya.postTo(kriya.one(), "/api/auth/verify", Deployment.verification(id, wrong(code)));
        assertThat(kriya.one().metric(wrongCodes)).isEqualTo(wrongBefore + 1);
        // The name of the new user is missing, so this is rolled back.
        assertThat(kriya.postTo(kriya.one(), "/api/auth/verify", Deployment.verification(id, code))
                        .statusCode())
                .isEqualTo(422);
        assertThat(kriya.one().metric(verified)).isEqualTo(verifiedBefore);
        kriya.postTo(
                kriya.one(),
                "/api/auth/verify",
                "{\"verification_id\": \"%s\", \"code\": \"%s\", \"first_name\": \"Ada\"}".formatted(id, code));
        assertThat(kriya.one().metric(verified)).isEqualTo(verifiedBefore + 1);
        assertThat(kriya.one().metric(wrongCodes)).isEqualTo(wrongBefore + 1);
    }

    @Test
    void metricsShowTheModeAndWhatVerificationDoes() {
        kriya.tokenOf(number());
        String metrics = kriya.one().metrics() + kriya.two().metrics();
        assertThat(metrics)
                .contains(
                        "kriya_phone_verification{mode=\"sms\"} 1.0",
                        "kriya_verifications_total{step=\"begun\"}",
                        "kriya_verifications_total{step=\"sent_again\"}",
                        "kriya_verifications_total{step=\"verified\"}",
                        "kriya_verifications_total{step=\"wrong_code\"}",
                        "kriya_limited_total{limit=\"number\"}",
                        "kriya_limited_total{limit=\"address\"}",
                        "kriya_limited_total{limit=\"country\"}",
                        "kriya_limited_total{limit=\"total\"}",
                        "kriya_limited_total{limit=\"wrong_codes\"}",
                        "kriya_sms_total_used",
                        "kriya_sms_sends_total{country=\"US\",result=\"sent\",sender=\"webhook\"}");
    }
}
