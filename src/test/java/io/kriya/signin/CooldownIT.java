package io.kriya.signin;

import static io.kriya.Deployment.atOnce;
import static io.kriya.Deployment.id;
import static io.kriya.Deployment.json;
import static io.kriya.Deployment.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.loginpage.Person;
import io.kriya.oauth.Plane;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The time between messages to one number, on two replicas. */
class CooldownIT {

    private static final Duration HALF_OF_GAP = Duration.ofSeconds(15);
    private static final Duration GAP = Duration.ofSeconds(30);

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void twoReplicasRun() {
        kriya = Deployment.start(2, Api.CLIENT);
    }

    @Test
    void ofTwentyRegistersAtOnceOneSendsAMessage() throws Exception {
        String number = number();
        assertThat(atOnce(20, _ -> kriya.register(number))).containsOnly(202);
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
    }

    @Test
    void messagesToOneNumberAreThirtySecondsApart() {
        String number = number();
        kriya.register(number);
        kriya.pass(HALF_OF_GAP);
        assertThat(kriya.register(number).statusCode()).isEqualTo(202);
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        kriya.pass(HALF_OF_GAP);
        assertThat(kriya.register(number).statusCode()).isEqualTo(202);
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
    }

    @Test
    void aResendKeepsTheDistanceFromTheMessageOfAnotherChallenge() {
        String number = number();
        String id = id(kriya.register(number));
        kriya.pass(GAP);
        kriya.register(number);
        assertThat(kriya.resend(id).statusCode()).isEqualTo(202);
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
    }

    @Test
    void theLoginPageKeepsTheDistanceFromTheMessageOfTheApi() {
        String number = number();
        kriya.register(number);
        var person = new Person(kriya).open(Plane.query(Plane.state())).submit("", "phone_number", number);
        assertThat(person.path()).endsWith("/code");
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
    }

    @Test
    void aCodeThatWasNotSentIsSentOnResend() {
        String number = number();
        kriya.register(number);
        String id = id(kriya.registerAs(number, "Ada"));
        kriya.pass(GAP);
        assertThat(kriya.resend(id).statusCode()).isEqualTo(202);
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
        assertThat(kriya.verify(id, kriya.codeOf(number)).statusCode()).isEqualTo(200);
    }

    @Test
    void aCodeIsNotRightBeforeItIsSent() {
        String number = number();
        kriya.register(number);
        String id = id(kriya.registerAs(number, "Ada"));
        assertThat(unsent(number)).isEqualTo(1);
        kriya.pass(GAP);
        kriya.resend(id);
        assertThat(unsent(number)).isZero();
        String code = kriya.codeOf(number);
        kriya.database.execute("update challenges set is_sent = false where phone_number = '" + number + "'");
        assertThat(kriya.verify(id, code).statusCode()).isEqualTo(401);
        kriya.database.execute("update challenges set is_sent = true where phone_number = '" + number + "'");
        assertThat(kriya.verify(id, code).statusCode()).isEqualTo(200);
    }

    @Test
    void requestsThatSendNothingCountForTheirAddress() throws Exception {
        String number = number();
        kriya.register(number);
        String address = Deployment.address();
        assertThat(atOnce(25, _ -> kriya.register(number, "X-Forwarded-For", address)))
                .filteredOn(status -> status == 202)
                .hasSizeLessThanOrEqualTo(21);
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
    }

    @Test
    void requestsOfAKnownDeviceThatSendNothingCountForIt() throws Exception {
        String number = number();
        String device = kriya.deviceOf(number);
        assertThat(atOnce(25, _ -> kriya.registerOn(device, number)))
                .filteredOn(status -> status == 202)
                .hasSizeLessThanOrEqualTo(11);
    }

    private static long unsent(String number) {
        return kriya.database.count(
                "select count(*) from challenges where not is_sent and phone_number = '" + number + "'");
    }

    @Test
    void theAnswerDoesNotTellThatNothingWasSent() {
        String number = number();
        var sent = kriya.register(number);
        var silent = kriya.register(number);
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        assertThat(silent.headers().map().keySet())
                .isEqualTo(sent.headers().map().keySet());
        assertThat(waiting(json(silent))).isEqualTo(waiting(json(sent)));
        kriya.pass(GAP);
        assertThat(waiting(json(kriya.resend(id(sent))))).isEqualTo(waiting(json(kriya.resend(id(silent)))));
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
    }

    /** What a client sees but for its id: the attempts, and how long before the end of the code it may be sent again. */
    private static String waiting(JsonPath answer) {
        return answer.getString("verification.attempts_left") + " "
                + Duration.between(
                                Instant.parse(answer.getString("verification.resend_at")),
                                Instant.parse(answer.getString("verification.expires_at")))
                        .toSeconds();
    }

    @Test
    void atMostFiveMessagesAreSentInAnyTenMinutes() {
        String number = number();
        double before = limited();
        Duration passed = Duration.ZERO;
        for (int sent = 1; sent <= 5; sent++) {
            assertThat(kriya.register(number).statusCode()).isEqualTo(202);
            assertThat(kriya.messagesTo(number)).isEqualTo(sent);
            kriya.pass(GAP);
            passed = passed.plus(GAP);
        }
        var limited = kriya.register(number);
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited() - before).isEqualTo(1);
        Duration wait =
                Duration.between(Instant.now(), Instant.parse(json(limited).getString("retry_at")));
        assertThat(wait).isLessThanOrEqualTo(Duration.ofMinutes(10).minus(passed));
        kriya.pass(wait.plusSeconds(1));
        assertThat(kriya.register(number).statusCode()).isEqualTo(202);
        assertThat(kriya.messagesTo(number)).isEqualTo(6);
    }

    private static double limited() {
        String series = "kriya_limited_total{limit=\"cooldown\"}";
        return kriya.one().metric(series) + kriya.two().metric(series);
    }
}
