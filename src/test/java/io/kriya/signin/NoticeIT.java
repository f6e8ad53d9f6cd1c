package io.kriya.signin;

import static io.kriya.Deployment.id;
import static io.kriya.Deployment.number;
import static io.kriya.Deployment.verification;
import static io.kriya.Deployment.wrong;
import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import io.kriya.Leftovers;
import io.kriya.loginpage.Person;
import io.kriya.oauth.Plane;
import io.kriya.sms.FakeGateway.Behaviour;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What owners of numbers are told with the next message, on two replicas. */
class NoticeIT {

    private static final String RELEASED = "Your number was released from an account.";
    private static final String NEW_DEVICE = "Your account was used on a new device.";
    private static final String WRONG_CODES = "Many wrong codes were entered for your number.";
    private static final Duration DAY = Duration.ofDays(1).plusSeconds(1);

    @TempDir
    private static Path folder;

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void twoReplicasRun() throws IOException {
        var settings = new HashMap<>(Api.CLIENT);
        settings.put("SMS_WEBOTP_HOST", "login.example.com");
        Path texts = folder.resolve("texts.properties");
        Files.writeString(texts, "hi={code} is your OTP for {service}.\nhi.template=1107161234567890123\n");
        settings.put("SMS_TEXTS_FILE", texts.toString());
        kriya = Deployment.start(2, settings);
    }

    @AfterEach
    void theGatewayWorks() {
        kriya.gateway.respondWith(Behaviour.SUCCESS);
    }

    /** Asks for a message to a number as a stranger; its text. */
    private static String messageTo(String number) {
        kriya.coolDown();
        assertThat(kriya.register(number).statusCode()).isEqualTo(202);
        return lastTo(number);
    }

    private static String lastTo(String number) {
        return kriya.gateway.received().reversed().stream()
                .filter(message -> message.to().equals(number))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private static void enterWrongCodes(int count, String number) {
        kriya.coolDown();
        String id = id(kriya.register(number));
        String code = kriya.codeOf(number);
        for (int i = 0; i < count; i++) {
            assertThat(kriya.verify(id, wrong(code)).statusCode()).isEqualTo(401);
        }
    }

    private static void assertThatNothingIsTold(String text) {
        assertThat(text).doesNotContain(RELEASED, NEW_DEVICE, WRONG_CODES);
    }

    @Test
    void manyWrongCodesAreToldOnceWithTheNextMessage() {
        String number = number();
        enterWrongCodes(5, number);
        String text = messageTo(number);
        String code = kriya.codeOf(number);
        assertThat(text)
                .isEqualTo("Your Kriya code is " + code + ". Do not share it with anyone.\n" + WRONG_CODES
                        + "\n\n@login.example.com #" + code);
        assertThatNothingIsTold(messageTo(number));
        kriya.pass(DAY);
        assertThatNothingIsTold(messageTo(number));
    }

    @Test
    void fewWrongCodesOfEachOfManyChallengesAreToldToo() {
        String number = number();
        enterWrongCodes(4, number);
        assertThatNothingIsTold(messageTo(number));
        enterWrongCodes(1, number);
        assertThat(messageTo(number)).contains(WRONG_CODES);
    }

    @Test
    void theRightCodeForgetsTheWrongOnesBeforeIt() {
        String number = number();
        String device = kriya.deviceOf(number);
        enterWrongCodes(4, number);
        String id = id(kriya.registerOn(device, number));
        assertThat(kriya.verifyOn(device, id, kriya.codeOf(number)).statusCode())
                .isEqualTo(200);
        enterWrongCodes(4, number);
        assertThatNothingIsTold(messageTo(number));
    }

    @Test
    void aLoginOnANewDeviceIsToldWithTheNextMessage() {
        String number = number();
        String device = kriya.deviceOf(number);
        assertThatNothingIsTold(messageTo(number));
        kriya.coolDown();
        String id = id(kriya.registerOn(device, number));
        assertThat(kriya.verifyOn(device, id, kriya.codeOf(number)).statusCode())
                .isEqualTo(200);
        assertThatNothingIsTold(messageTo(number));

        kriya.tokenOf(number);
        kriya.coolDown();
        kriya.registerOn(device, number);
        assertThat(lastTo(number)).contains(NEW_DEVICE);
        assertThatNothingIsTold(messageTo(number));
    }

    @Test
    void theFormerNumberIsToldThatAnAccountHasLeftIt() {
        String old = number();
        String number = number();
        String token = kriya.tokenOf(old);
        kriya.tokenOf(old);
        assertThat(changeTo(number, token).statusCode()).isEqualTo(200);
        assertThatNothingIsTold(messageTo(number));
        assertThat(messageTo(old)).contains(RELEASED);
        // The account with a new device is no longer that of this number.
        kriya.pass(DAY);
        assertThatNothingIsTold(messageTo(old));
    }

    @Test
    void theSameNumberAgainReleasesNone() {
        String number = number();
        String token = kriya.tokenOf(number);
        assertThat(changeTo(number, token).statusCode()).isEqualTo(200);
        assertThatNothingIsTold(messageTo(number));
    }

    private static HttpResponse<String> changeTo(String number, String token) {
        kriya.coolDown();
        String path = "/api/auth/user/phone-number";
        var sent = kriya.post(
                path + "/code", "{\"phone_number\": \"%s\"}".formatted(number), "Authorization", "Bearer " + token);
        return send("PUT", path, token, verification(id(sent), kriya.codeOf(number)));
    }

    private static HttpResponse<String> send(String method, String path, String token, String json) {
        KriyaProcess replica = kriya.two();
        return replica.send(replica.request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json))
                .build());
    }

    @Test
    void theNumberOfADormantAccountIsToldThatItWasReleased() {
        String number = number();
        kriya.tokenOf(number);
        kriya.database.execute(
                "update users set last_login_at = now() - interval '366 days' where phone_number = '" + number + "'");
        kriya.tokenOf(number);
        assertThat(messageTo(number)).contains(RELEASED);
        kriya.pass(DAY);
        assertThatNothingIsTold(messageTo(number));
    }

    @Test
    void oneIsToldADayTheMostSeriousFirst() {
        String number = number();
        kriya.tokenOf(number);
        enterWrongCodes(5, number);
        kriya.tokenOf(number);
        // That message has told of the wrong codes already.
        assertThat(lastTo(number)).contains(WRONG_CODES);
        enterWrongCodes(5, number);
        assertThatNothingIsTold(messageTo(number));
        kriya.pass(Duration.ofHours(23));
        assertThatNothingIsTold(messageTo(number));
        kriya.pass(Duration.ofHours(1));
        assertThat(messageTo(number)).contains(NEW_DEVICE).doesNotContain(WRONG_CODES);
        assertThatNothingIsTold(messageTo(number));
        kriya.pass(DAY);
        assertThat(messageTo(number)).contains(WRONG_CODES);
    }

    @Test
    void whatIsOlderThanThirtyDaysIsNotTold() {
        String number = number();
        enterWrongCodes(5, number);
        kriya.pass(Duration.ofDays(30));
        assertThatNothingIsTold(messageTo(number));
        String another = number();
        enterWrongCodes(5, another);
        kriya.pass(Duration.ofDays(29));
        assertThat(messageTo(another)).contains(WRONG_CODES);
    }

    @Test
    void ofMessagesAtOnceOneTellsIt() throws Exception {
        String number = number();
        String device = kriya.deviceOf(number);
        enterWrongCodes(5, number);
        kriya.coolDown();
        long before = kriya.messagesTo(number);
        try (var connection = kriya.database.connect();
                var statement = connection.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            statement.execute("select from notices for update");
            // The messages to strangers and those to known devices do not wait for each other.
            var statuses = threads.submit(() -> Deployment.atOnce(
                    2,
                    i -> kriya.postTo(
                            kriya.replicas.get(i),
                            "/api/auth/register",
                            "{\"phone_number\": \"%s\", \"device_token\": \"%s\"}"
                                    .formatted(number, i == 0 ? device : ""))));
            await("both")
                    .until(() -> kriya.database.count("select count(*) from pg_stat_activity"
                                    + " where datname = current_database() and wait_event_type = 'Lock'")
                            == 2);
            connection.commit();
            assertThat(statuses.get()).containsOnly(202);
        }
        assertThat(kriya.messagesTo(number)).isEqualTo(before + 2);
        assertThat(told(number, WRONG_CODES)).isEqualTo(1);
    }

    private static long told(String number, String sentence) {
        return kriya.gateway.received().stream()
                .filter(message -> message.to().equals(number) && message.text().contains(sentence))
                .count();
    }

    @Test
    void whatWasNotSentIsToldWithTheNextMessage() {
        String number = number();
        enterWrongCodes(5, number);
        kriya.coolDown();
        kriya.gateway.respondWith(Behaviour.REJECTED);
        assertThat(kriya.register(number).statusCode()).isEqualTo(503);
        kriya.gateway.respondWith(Behaviour.SUCCESS);
        assertThat(messageTo(number)).contains(WRONG_CODES);
        assertThatNothingIsTold(messageTo(number));
    }

    @Test
    void aResendTellsItToo() {
        String number = number();
        kriya.coolDown();
        String id = id(kriya.register(number));
        enterWrongCodes(5, number);
        kriya.database.execute("update challenges set resend_at = now() where phone_number = '" + number + "'");
        kriya.coolDown();
        assertThat(kriya.resend(id).statusCode()).isEqualTo(202);
        assertThat(lastTo(number)).contains(WRONG_CODES);
    }

    @Test
    void aTextWithATemplateIdStaysAsItIsAndTheNoticeWaitsForAnother() {
        String number = number();
        enterWrongCodes(5, number);
        kriya.coolDown();
        kriya.register(number, "Accept-Language", "hi");
        assertThat(lastTo(number)).isEqualTo(kriya.codeOf(number) + " is your OTP for Kriya.");
        assertThat(messageTo(number)).contains(WRONG_CODES);
    }

    @Test
    void thePageTellsAKnownDeviceAndNoStranger() {
        String number = number();
        Person owner = new Person(kriya);
        logIn(owner, number);
        enterWrongCodes(5, number);
        kriya.coolDown();
        Person stranger = atTheCode(new Person(kriya), number);
        assertThat(lastTo(number)).contains(WRONG_CODES);
        assertThat(stranger.page()).doesNotContain(WRONG_CODES);
        // The same login in the browser of the owner.
        stranger.cookies().put("__Host-kriya_device", owner.cookies().get("__Host-kriya_device"));
        assertThat(stranger.reload().page()).contains("<p role=\"status\">" + WRONG_CODES + "</p>");

        assertThatNothingIsTold(atTheCode(owner, number).page());
        kriya.pass(DAY);
        enterWrongCodes(5, number);
        kriya.coolDown();
        assertThat(atTheCode(owner, number).page()).contains("<p role=\"status\">" + WRONG_CODES + "</p>");
        assertThat(owner.switchTo("fr").page())
                .contains("<p role=\"status\">De nombreux codes erronés ont été saisis pour votre numéro.</p>");
        assertThat(told(number, WRONG_CODES)).isEqualTo(2);
    }

    @Test
    void thePageOfAKnownDeviceTellsWhatATextWithATemplateIdCanNot() {
        String number = number();
        Person owner = new Person(kriya);
        logIn(owner, number);
        enterWrongCodes(5, number);
        kriya.coolDown();
        atTheCode(owner.reading("hi"), number);
        assertThat(lastTo(number)).isEqualTo(kriya.codeOf(number) + " is your OTP for Kriya.");
        assertThat(owner.page()).contains("<p role=\"status\">आपके नंबर के लिए कई गलत कोड डाले गए।</p>");
        assertThatNothingIsTold(messageTo(number));
    }

    @Test
    void aKnownDeviceOfAnApiClientUsesUpNoNotice() {
        String number = number();
        String device = kriya.deviceOf(number);
        enterWrongCodes(5, number);
        kriya.coolDown();
        kriya.registerOn(device, number, "Accept-Language", "hi");
        assertThat(lastTo(number)).isEqualTo(kriya.codeOf(number) + " is your OTP for Kriya.");
        assertThat(messageTo(number)).contains(WRONG_CODES);
    }

    private static Person atTheCode(Person person, String number) {
        return person.open(Plane.query(Plane.state())).submit("", "phone_number", number);
    }

    private static void logIn(Person person, String number) {
        kriya.coolDown();
        atTheCode(person, number).submit("/code", "code", kriya.codeOf(number));
        if (person.path().endsWith("/name")) {
            person.submit("/name", "name", "Ada");
        }
        assertThat(person.given("code")).isNotEmpty();
    }

    @Test
    void nothingIsToldOfAnErasedAccount() {
        String number = number();
        String token = kriya.tokenOf(number);
        kriya.tokenOf(number);
        enterWrongCodes(5, number);
        assertThat(Leftovers.of(kriya.database, List.of(number))).noneMatch(found -> found.contains("notices"));
        String count = "select count(*) from notices";
        long before = kriya.database.count(count);
        kriya.coolDown();
        String id = id(kriya.register(number));
        assertThat(send("DELETE", "/api/auth/user", token, verification(id, kriya.codeOf(number)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(kriya.database.count(count)).isEqualTo(before - 1);
        kriya.pass(DAY);
        assertThatNothingIsTold(messageTo(number));
    }

    @Test
    void expiredNoticesAreDeleted() {
        String number = number();
        enterWrongCodes(5, number);
        kriya.database.execute("delete from notices where wrong_codes_at is null");
        kriya.pass(Duration.ofDays(31));
        enterWrongCodes(1, number());
        assertThat(kriya.database.count("select count(*) from notices")).isGreaterThan(1);
        var environment = kriya.environment();
        environment.put("KRIYA_TOKEN_CLEANUP_JITTER_SECONDS", "1");
        try (var fresh = KriyaProcess.start(environment)) {
            fresh.awaitLog(" expired notices");
        }
        assertThat(kriya.database.count("select count(*) from notices")).isEqualTo(1);
    }
}
