package io.kriya.signin;

import static io.kriya.Deployment.id;
import static io.kriya.Deployment.json;
import static io.kriya.Deployment.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import io.kriya.loginpage.Person;
import io.kriya.oauth.Plane;
import io.kriya.sms.FakeGateway.Behaviour;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in where not everybody may register. */
class RegistrationIT {

    private static final String TEST_NUMBER = "+15555550100";

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void oneReplicaRuns() {
        kriya = Deployment.start(1, settings("invited"));
    }

    private static Map<String, String> settings(String registration) {
        var settings = new HashMap<>(Api.CLIENT);
        settings.put("REGISTRATION", registration);
        settings.put("SMS_TIMEOUT_MILLIS", "1000");
        settings.put("SMS_TEST_NUMBERS", TEST_NUMBER + "=123456");
        settings.put("SMS_TEST_NUMBERS_UNTIL", LocalDate.now().plusDays(30).toString());
        return settings;
    }

    @AfterEach
    void theGatewayWorks() {
        kriya.gateway.respondWith(Behaviour.SUCCESS);
    }

    private static void invite(TestPostgres.Database database, String number) {
        database.execute("insert into invited_numbers (phone_number) values ('" + number + "')");
    }

    /** A user from before it was closed. */
    private static void insertUser(TestPostgres.Database database, String number) {
        database.execute("insert into users (id, phone_number, first_name, created_at, updated_at)"
                + " values (gen_random_uuid(), '" + number + "', 'Ada', now(), now())");
    }

    @Test
    void anInvitedNumberRegisters() {
        String number = number();
        invite(kriya.database, number);
        assertThat(kriya.one().letsIn(kriya.tokenOf(number))).isTrue();
    }

    @Test
    void anotherNumberGetsTheSameAnswerAndNoMessage() {
        String invited = number();
        invite(kriya.database, invited);
        String other = number();
        var known = kriya.registerAs(invited, "Ada");
        var unknown = kriya.registerAs(other, "Ada");
        assertThat(unknown.statusCode()).isEqualTo(known.statusCode()).isEqualTo(202);
        assertThat(json(unknown).getMap("").keySet())
                .isEqualTo(json(known).getMap("").keySet());
        assertThat(json(unknown).getMap("verification").keySet())
                .isEqualTo(json(known).getMap("verification").keySet());
        assertThat(kriya.verify(id(unknown), "000000").statusCode()).isEqualTo(401);
        kriya.database.execute("update challenges set resend_at = now() - interval '1 second'");
        assertThat(kriya.resend(id(unknown)).statusCode()).isEqualTo(202);
        assertThat(kriya.messagesTo(invited)).isEqualTo(1);
        assertThat(kriya.messagesTo(other)).isZero();
        assertThat(kriya.database.query("select string_agg(distinct sender || ' ' || result, ',') from messages"
                        + " where challenge_id = (select id from challenges where phone_number = '" + other + "')"))
                .isEqualTo("none withheld");
    }

    @Test
    void aWithheldMessageUsesUpNoNotice() {
        String number = number();
        String invited = number();
        invite(kriya.database, invited);
        kriya.register(invited);
        String id = id(kriya.register(number));
        for (int i = 0; i < 5; i++) {
            assertThat(kriya.verify(id, "00000" + i).statusCode()).isEqualTo(401);
        }
        kriya.coolDown();
        kriya.register(number);
        invite(kriya.database, number);
        kriya.coolDown();
        kriya.register(number);
        assertThat(kriya.gateway.last().to()).isEqualTo(number);
        assertThat(kriya.gateway.last().text()).contains("Many wrong codes were entered for your number.");
    }

    @Test
    void aWithheldMessageTakesAsLongAsASentOne() {
        String invited = number();
        invite(kriya.database, invited);
        kriya.gateway.respondWith(Behaviour.SLOW);
        long sent = nanos(invited);
        kriya.gateway.respondWith(Behaviour.SUCCESS);
        assertThat(nanos(number())).isGreaterThan(sent / 2);
    }

    private static long nanos(String number) {
        long start = System.nanoTime();
        assertThat(kriya.registerAs(number, "Ada").statusCode()).isEqualTo(202);
        return System.nanoTime() - start;
    }

    @Test
    void whileNoMessageCanBeSentAnotherNumberGetsTheSameError() {
        String invited = number();
        invite(kriya.database, invited);
        kriya.gateway.respondWith(Behaviour.CLOSED);
        var known = kriya.register(invited);
        var unknown = kriya.register(number());
        assertThat(known.statusCode()).isEqualTo(503);
        String instant = "\"retry_at\":\"[^\"]+\"";
        assertThat(unknown.body().replaceFirst(instant, ""))
                .isEqualTo(known.body().replaceFirst(instant, ""))
                .contains("sms_unavailable");
        kriya.gateway.respondWith(Behaviour.SUCCESS);
        assertThat(kriya.register(invited).statusCode()).isEqualTo(202);
        assertThat(kriya.register(number()).statusCode()).isEqualTo(202);
    }

    @Test
    void anInvitationThatIsWithdrawnIsOver() {
        String number = number();
        invite(kriya.database, number);
        String id = id(kriya.registerAs(number, "Ada"));
        kriya.database.execute("delete from invited_numbers where phone_number = '" + number + "'");
        assertThat(kriya.verify(id, kriya.codeOf(number)).statusCode()).isEqualTo(410);
        assertThat(kriya.database.count("select count(*) from users where phone_number = '" + number + "'"))
                .isZero();
    }

    @Test
    void aTestNumberNeedsNoInvitation() {
        String id = id(kriya.registerAs(TEST_NUMBER, "Tess"));
        assertThat(kriya.verify(id, "123456").statusCode()).isEqualTo(200);
    }

    @Test
    void theLoginPageShowsTheSamePage() {
        String number = number();
        var person = new Person(kriya).open(Plane.query(Plane.state())).submit("", "phone_number", number);
        assertThat(person.path()).endsWith("/code");
        assertThat(kriya.messagesTo(number)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"invited", "closed"})
    void aUserAlwaysLogsIn(String registration) {
        try (var own = Deployment.start(1, settings(registration))) {
            String number = number();
            insertUser(own.database, number);
            assertThat(own.one().letsIn(own.tokenOf(number))).isTrue();
        }
    }

    @Test
    void whereItIsClosedAnInvitationCountsForNothing() {
        try (var closed = Deployment.start(1, settings("closed"))) {
            String number = number();
            invite(closed.database, number);
            assertThat(closed.registerAs(number, "Ada").statusCode()).isEqualTo(202);
            assertThat(closed.messagesTo(number)).isZero();
        }
    }

    @Test
    void withoutVerificationAnotherNumberIsRefused() {
        var database = TestPostgres.database();
        var environment = KriyaProcess.environment(database);
        environment.put("REGISTRATION", "invited");
        environment.put("DATABASE_TIMEOUT_MILLIS", KriyaProcess.timeout(20_000));
        try (var front = KriyaProcess.start(environment)) {
            String user = Api.number();
            insertUser(database, user);
            String token = KriyaProcess.tokenOf(front.register(user));
            assertThat(front.letsIn(token)).isTrue();
            String invited = Api.number();
            invite(database, invited);
            assertThat(front.register(invited).statusCode()).isEqualTo(200);

            String other = Api.number();
            var refused = front.register(other);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(json(refused).getString("code")).isEqualTo("registration_closed");
            var unchanged = front.send(front.request("/api/auth/user/phone-number")
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"phone_number\": \"" + other + "\"}"))
                    .build());
            assertThat(unchanged.statusCode()).isEqualTo(403);
            assertThat(database.count("select count(*) from users")).isEqualTo(2);
        }
    }
}
