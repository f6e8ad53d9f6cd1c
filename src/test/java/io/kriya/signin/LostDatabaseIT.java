package io.kriya.signin;

import static io.kriya.Deployment.id;
import static io.kriya.Deployment.json;
import static io.kriya.Deployment.number;
import static io.kriya.Deployment.wrong;
import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import io.kriya.Patience;
import io.kriya.Signals;
import io.kriya.TestPostgres;
import io.kriya.loginpage.Person;
import io.kriya.oauth.Plane;
import io.kriya.sms.FakeGateway.Behaviour;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database frozen at each step of a verification: nothing is sent unseen, and nothing is issued. */
class LostDatabaseIT {

    @TempDir
    static Path folder;

    @AutoClose
    private static EmbeddedPostgres server;

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void kriyaRunsOnAServerOfItsOwn() throws Exception {
        server = TestPostgres.startIn(folder.resolve("data"));
        kriya = Deployment.start(TestPostgres.databaseOn(server), 1, settings());
        // A service that has run for a while.
        for (int i = 0; i < 5; i++) {
            kriya.tokenOf(number());
        }
    }

    private static Map<String, String> settings() {
        var settings = new HashMap<>(Api.CLIENT);
        settings.putAll(Map.of("DATABASE_TIMEOUT_MILLIS", KriyaProcess.timeout(1_500), "SMS_TIMEOUT_MILLIS", "4000"));
        return settings;
    }

    @AfterEach
    void theGatewayWorks() {
        kriya.gateway.respondWith(Behaviour.SUCCESS);
    }

    private interface Step {
        void run() throws Exception;
    }

    private void whileFrozen(Step step) throws Exception {
        List<Long> processes = Signals.processesOf(folder.resolve("data"));
        Signals.send("-STOP", processes);
        try {
            step.run();
        } finally {
            Signals.send("-CONT", processes);
        }
        await("the database").until(() -> kriya.one().isReady());
    }

    @Test
    void noStepIsTakenWithoutIt() throws Exception {
        String number = number();
        String id = id(kriya.registerAs(number, "Ada"));
        String code = kriya.codeOf(number);
        kriya.database.execute("update challenges set resend_at = now()");
        String other = number();
        long sent = kriya.gateway.received().size();
        whileFrozen(() -> {
            assertUnavailable(kriya.registerAs(other, "Ada"));
            assertUnavailable(kriya.resend(id));
            assertUnavailable(kriya.verify(id, wrong(code)));
            assertUnavailable(kriya.verify(id, code));
        });
        assertThat(kriya.gateway.received()).hasSize((int) sent);
        assertThat(kriya.database.count(
                        "select count(*) from users where phone_number in ('" + number + "', '" + other + "')"))
                .isZero();
        assertThat(kriya.verify(id, code).statusCode()).isEqualTo(200);
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(json(answer).getString("code")).isEqualTo("database_unavailable");
    }

    @Test
    void lostWhileAMessageIsOnItsWayTheCodeIsStillGood() throws Exception {
        String number = number();
        kriya.gateway.respondWith(Behaviour.SLOW);
        var answer = CompletableFuture.supplyAsync(() -> kriya.registerAs(number, "Ada"));
        await("the message").until(() -> kriya.messagesTo(number) == 1);
        whileFrozen(() -> assertThat(answer.get().statusCode()).isEqualTo(202));
        assertThat(kriya.database.query("select result from messages order by created_at desc limit 1"))
                .isEqualTo("pending");
        assertThat(kriya.verify(id(answer.get()), kriya.codeOf(number)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCrashWhileAMessageIsOnItsWayLeavesNothingThatCanBeAbused() throws Exception {
        String number = number();
        try (var crashing = Deployment.start(kriya.database, 1, Map.of())) {
            crashing.gateway.respondWith(Behaviour.SLOW);
            var answer = CompletableFuture.supplyAsync(() -> crashing.register(number));
            await("the message").until(() -> crashing.messagesTo(number) == 1);
            crashing.one().process().destroyForcibly().waitFor();
            assertThat(answer).failsWithin(Patience.LIMIT);
        }
        assertThat(kriya.database.query("select concat_ws(' ', ended_at is null, attempts) from challenges"
                        + " where phone_number = '" + number + "'"))
                .isEqualTo("t 0");
        assertThat(kriya.tokenOf(number)).startsWith("kriya_");
        assertThat(kriya.database.query("select ended_at is null from challenges where phone_number = '" + number
                        + "' order by created_at limit 1"))
                .isEqualTo("f");
    }

    @Test
    void lostWhileSomebodyIsOnTheLoginPageTheyAreToldAndGoOnAfterwards() throws Exception {
        String number = number();
        var person = new Person(kriya).open(Plane.query(Plane.state()));
        var before = person.tab().open(Plane.query(Plane.state()));
        whileFrozen(() -> {
            assertThat(person.submit("", "phone_number", number).status()).isEqualTo(503);
            assertThat(person.page()).contains("<h1>");
        });
        assertThat(kriya.messagesTo(number)).isZero();
        before.submit("", "phone_number", number);
        String code = kriya.codeOf(number);
        var form = before.withHidden("/code", "code", code);
        String action = before.action("/code");
        whileFrozen(() -> assertThat(before.trying(before.posting(action, form)).statusCode())
                .isEqualTo(503));
        String grant = before.submit("/code", "code", code)
                .submit("/name", "name", "Ada")
                .given("code");
        whileFrozen(
                () -> assertThat(Plane.token(kriya.one(), Plane.exchange(grant)).status())
                        .isEqualTo(503));
        var token = Plane.token(kriya.one(), Plane.exchange(grant));
        assertThat(token.status()).as(token.body()).isEqualTo(200);
        assertThat(Plane.user(kriya.one(), token.json().getString("access_token"))
                        .body())
                .contains("@kriya.local\"");
    }
}
