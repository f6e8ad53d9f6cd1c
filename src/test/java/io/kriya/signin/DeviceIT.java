package io.kriya.signin;

import static io.kriya.Deployment.id;
import static io.kriya.Deployment.json;
import static io.kriya.Deployment.number;
import static io.kriya.Deployment.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.loginpage.Person;
import io.kriya.oauth.Plane;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a device that a user has logged in with before may do while strangers use up the limits, on two replicas. */
class DeviceIT {

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void twoReplicasRun() {
        var settings = new HashMap<>(Api.CLIENT);
        settings.putAll(Map.of(
                "SMS_LIMIT_ADDRESS", "4/1h",
                "SMS_LIMIT_COUNTRY", "40/24h",
                "SMS_LIMIT_TOTAL", "40/24h"));
        kriya = Deployment.start(2, settings);
    }

    @BeforeEach
    void nothingIsLimited() {
        kriya.database.execute("delete from limits; delete from cooldowns");
    }

    @Test
    void anApiClientKeepsItsDevice() {
        String number = number();
        String device = kriya.deviceOf(number);
        assertThat(device).matches("kriya_device_[A-Za-z0-9_-]{32}");
        String id = id(kriya.registerOn(device, number));
        var verified = kriya.verifyOn(device, id, kriya.codeOf(number));
        assertThat(verified.statusCode()).isEqualTo(200);
        assertThat(json(verified).getString("device_token")).isEqualTo(device);
        assertThat(kriya.database.query("select string_agg(d::text, ' ') from devices d"))
                .doesNotContain(device);
    }

    @Test
    void aKnownDeviceGetsItsMessageWhileStrangersKeepTheNumberBusy() {
        String number = number();
        String device = kriya.deviceOf(number);
        String ofAnother = kriya.deviceOf(number());
        kriya.coolDown();
        kriya.register(number);
        assertThat(gotAMessage(device, number)).isTrue();
        assertThat(gotAMessage(ofAnother, number)).isFalse();
    }

    private static boolean gotAMessage(String device, String number) {
        long before = kriya.messagesTo(number);
        assertThat(kriya.registerOn(device, number).statusCode()).isEqualTo(202);
        return kriya.messagesTo(number) > before;
    }

    @Test
    void aResendOfAKnownDeviceIsItsOwnToo() {
        String number = number();
        String device = kriya.deviceOf(number);
        String id = id(kriya.registerOn(device, number));
        kriya.pass(Duration.ofSeconds(30));
        kriya.register(number);
        long before = kriya.messagesTo(number);
        var resent = kriya.post(
                "/api/auth/verify/resend",
                "{\"verification_id\": \"%s\", \"device_token\": \"%s\"}".formatted(id, device));
        assertThat(resent.statusCode()).isEqualTo(202);
        assertThat(kriya.messagesTo(number)).isEqualTo(before + 1);
    }

    @Test
    void messagesToAKnownDeviceAreThirtySecondsApart() {
        String number = number();
        String device = kriya.deviceOf(number);
        assertThat(gotAMessage(device, number)).isTrue();
        assertThat(gotAMessage(device, number)).isFalse();
        kriya.pass(Duration.ofSeconds(30));
        assertThat(gotAMessage(device, number)).isTrue();
    }

    @Test
    void theAddressOfAKnownDeviceMayBeUsedUp() {
        String number = number();
        String device = kriya.deviceOf(number);
        String address = Deployment.address();
        for (int i = 0; i < 3; i++) {
            kriya.register(number(), "X-Forwarded-For", address);
        }
        assertThat(kriya.register(number(), "X-Forwarded-For", address).statusCode())
                .isEqualTo(429);
        assertThat(kriya.registerOn(device, number, "X-Forwarded-For", address).statusCode())
                .isEqualTo(202);
    }

    @Test
    void theCountryAndTheDayOfStrangersAreNotThoseOfKnownDevices() {
        String number = number();
        String device = kriya.deviceOf(number);
        int strangers = 0;
        while (strangers < 30 && kriya.register(number()).statusCode() == 202) {
            strangers++;
        }
        // The burst of 20, less the login above.
        assertThat(strangers).isEqualTo(19);
        kriya.coolDown();
        assertThat(gotAMessage(device, number)).isTrue();
        assertThat(kriya.register(number()).statusCode()).isEqualTo(429);
    }

    @Test
    void aUserWithoutAKnownDeviceLogsInElevenTimesInARowAndUsesUpNothingOfOthers() {
        String number = number();
        String address = Deployment.address();
        int logins = 0;
        var registered = kriya.registerAs(number, "Ada", "X-Forwarded-For", address);
        while (registered.statusCode() == 202 && logins < 30) {
            assertThat(kriya.verify(id(registered), kriya.codeOf(number), "X-Forwarded-For", address)
                            .statusCode())
                    .isEqualTo(200);
            logins++;
            kriya.coolDown();
            registered = kriya.registerAs(number, "Ada", "X-Forwarded-For", address);
        }
        // The first of the day, and half of SMS_LIMIT_NUMBER at once.
        assertThat(logins).isEqualTo(11);
    }

    @Test
    void whoeverHasNoDeviceOfTheNumberIsAStranger() {
        String number = number();
        kriya.deviceOf(number);
        for (String device : new String[] {"", "no device", "kriya_device_" + "A".repeat(32)}) {
            kriya.coolDown();
            kriya.register(number);
            assertThat(gotAMessage(device, number)).as(device).isFalse();
        }
        assertThat(kriya.post("/api/auth/register", "{\"phone_number\": \"%s\", \"device_token\": 1}".formatted(number))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void theGuessesOfStrangersUseUpNoneOfAKnownDevice() {
        String number = number();
        String device = kriya.deviceOf(number);
        String id = id(kriya.registerOn(device, number));
        String code = kriya.codeOf(number);
        // As if strangers had tried for long.
        kriya.database.execute(
                "update limits set paid_at = now() + interval '1000 days' where name like 'wrong_codes %'");
        assertThat(kriya.verifyOn(device, id, wrong(code)).statusCode()).isEqualTo(401);
        assertThat(kriya.verifyOn(device, id, code).statusCode()).isEqualTo(200);
    }

    @Test
    void aBrowserIsKnownAfterALoginOnThePage() {
        String number = number();
        var person = new Person(kriya);
        logIn(person, number);
        assertThat(person.answer().headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("__Host-kriya_device=kriya_device_")
                        && cookie.contains("Max-Age=31536000")
                        && cookie.contains("Secure")
                        && cookie.contains("HttpOnly")
                        && cookie.contains("Path=/;"));
        kriya.coolDown();
        kriya.register(number);
        long before = kriya.messagesTo(number);
        logIn(person, number);
        assertThat(kriya.messagesTo(number)).isEqualTo(before + 1);
        // The same browser, in the account of somebody else.
        String another = number();
        logIn(person, another);
        assertThat(kriya.database.count(
                        "select count(distinct secret_hash) from devices d join users u on u.id = user_id"
                                + " where phone_number in ('" + number + "', '" + another + "')"))
                .isEqualTo(1);
    }

    private static void logIn(Person person, String number) {
        person.open(Plane.query(Plane.state())).submit("", "phone_number", number);
        person.submit("/code", "code", kriya.codeOf(number));
        if (person.path().endsWith("/name")) {
            person.submit("/name", "name", "Ada");
        }
        assertThat(person.given("code")).isNotEmpty();
    }
}
