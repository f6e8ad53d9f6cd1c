package io.kriya.selfservice;

import static io.kriya.Deployment.id;
import static io.kriya.Deployment.json;
import static io.kriya.Deployment.number;
import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.loginpage.Person;
import io.kriya.oauth.Plane;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sessions of a user, on two replicas. */
class SessionsIT {

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void twoReplicasRun() {
        var settings = new LinkedHashMap<>(Api.CLIENT);
        settings.put("KRIYA_TOKEN_USES_SECONDS", "1");
        kriya = Deployment.start(2, settings);
    }

    private static HttpResponse<String> sessions(String token) {
        return Own.send(kriya.one(), "GET", "/sessions", token);
    }

    private static String idOf(String token) {
        return kriya.database.query("select id from tokens where token_hash = sha256('" + token + "')");
    }

    /** On both replicas, so that both have it in their caches. */
    private static void assertThatBothLetIn(String token) {
        assertThat(kriya.replicas).allMatch(replica -> replica.letsIn(token));
        assertThat(kriya.replicas).allMatch(replica -> replica.letsIn(token));
    }

    private static void awaitEndEverywhere(String token) {
        await("the end of the session").until(() -> kriya.replicas.stream().noneMatch(one -> one.letsIn(token)));
    }

    @Test
    void aUserSeesTheSessionsOfTheirTokensAndGrants() {
        String number = number();
        String challenge = id(kriya.registerAs(number, "Ada"));
        String phone = json(kriya.verify(
                        challenge,
                        kriya.codeOf(number),
                        "User-Agent",
                        "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
                        "X-Forwarded-For",
                        "203.0.113.77"))
                .getString("token");
        kriya.coolDown();
        challenge = id(kriya.register(number));
        String app = json(kriya.verify(
                        challenge,
                        kriya.codeOf(number),
                        "User-Agent",
                        "okhttp/4.12.0",
                        "X-Forwarded-For",
                        "2001:db8:1:2:3::4"))
                .getString("token");
        Plane.codeFor(kriya, number, null);

        var answer = sessions(phone);
        assertThat(answer.statusCode()).isEqualTo(200);
        var sessions = json(answer).setRootPath("sessions");
        assertThat(sessions.getList("client")).containsExactly("plane", "api", "api");
        assertThat(sessions.getList("id")).element(1).isEqualTo(idOf(app));
        assertThat(sessions.getList("id")).element(2).isEqualTo(idOf(phone));
        assertThat(sessions.getList("device")).element(1).isEqualTo("okhttp");
        assertThat(sessions.getList("device")).element(2).isEqualTo("Firefox on Android");
        assertThat(sessions.getList("address")).element(1).isEqualTo("2001:db8:1::/48");
        assertThat(sessions.getList("address")).element(2).isEqualTo("203.0.113.0/24");
        assertThat(sessions.getList("current")).containsExactly(false, false, true);
        assertThat(sessions.getList("known_device")).containsExactly(true, true, true);
        assertThat(sessions.<String>getList("expires_at"))
                .allMatch(time -> Instant.parse(time).isAfter(Instant.now()));
        assertThat(answer.body()).doesNotContain("kriya_", number, "203.0.113.77");
    }

    @Test
    void theHourOfTheLastUseIsRecorded() {
        String token = kriya.tokenOf(number());
        kriya.database.execute(
                "update tokens set created_at = now() - interval '5 hours' where id = '" + idOf(token) + "'");
        assertThatBothLetIn(token);
        Instant before = Instant.now().truncatedTo(ChronoUnit.HOURS);
        await("the last use").until(() -> !Instant.parse(json(sessions(token)).getString("sessions[0].last_used_at"))
                .isBefore(before));
    }

    @Test
    void recordingALastUseInvalidatesNoCache() {
        String token = kriya.tokenOf(number());
        assertThatBothLetIn(token);
        String recorded = "select count(*) from tokens where last_used_at is not null and id = '" + idOf(token) + "'";
        await("the last use").until(() -> kriya.database.count(recorded) == 1);
        double misses = kriya.one().metric("kriya_token_cache_misses_total");
        assertThat(kriya.one().letsIn(token)).isTrue();
        assertThat(kriya.one().metric("kriya_token_cache_misses_total")).isEqualTo(misses);
    }

    @Test
    void aSessionThatIsEndedEndsEverywhereAndNoOtherDoes() {
        String number = number();
        String ended = kriya.tokenOf(number);
        String current = kriya.tokenOf(number);
        assertThatBothLetIn(ended);
        var answer = Own.send(kriya.one(), "DELETE", "/sessions/" + idOf(ended), current);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).getString("message")).isEqualTo("Session ended");
        assertThat(kriya.one().letsIn(ended)).isFalse();
        awaitEndEverywhere(ended);
        assertThatBothLetIn(current);
        assertThat(json(sessions(current)).getList("sessions.id")).containsExactly(idOf(current));
    }

    @Test
    void aGrantIsEndedLikeAToken() {
        String number = number();
        String token = kriya.tokenOf(number);
        String access = Plane.tokenFor(kriya, number, null);
        assertThat(Plane.user(kriya.two(), access).status()).isEqualTo(200);
        String id = json(sessions(token)).getString("sessions.find { it.client == 'plane' }.id");
        assertThat(Own.send(kriya.one(), "DELETE", "/sessions/" + id, token).statusCode())
                .isEqualTo(200);
        assertThat(Plane.user(kriya.two(), access).status()).isEqualTo(401);
    }

    /** A login of an API client, with the secret that the device got. */
    private record Login(String token, String device) {

        static Login of(String number) {
            kriya.coolDown();
            String id = id(kriya.registerAs(number, "Ada"));
            var session = json(kriya.verify(id, kriya.codeOf(number)));
            return new Login(session.getString("token"), session.getString("device_token"));
        }
    }

    private static void endSession(String id, String token) {
        assertThat(Own.send(kriya.one(), "DELETE", "/sessions/" + id, token).statusCode())
                .isEqualTo(200);
    }

    /** While strangers keep the number busy. */
    private static boolean getsAMessage(Login login, String number) {
        long before = kriya.messagesTo(number);
        assertThat(kriya.registerOn(login.device(), number).statusCode()).isEqualTo(202);
        return kriya.messagesTo(number) > before;
    }

    @Test
    void theDeviceOfASessionThatIsEndedIsAStrangerAgainAndNoOtherIs() {
        String number = number();
        Login ended = Login.of(number);
        Login current = Login.of(number);
        endSession(idOf(ended.token()), current.token());
        kriya.coolDown();
        kriya.register(number);
        assertThat(getsAMessage(ended, number)).isFalse();
        assertThat(getsAMessage(current, number)).isTrue();
    }

    @Test
    void theBrowserOfAGrantThatIsEndedIsAStrangerAgain() {
        String number = number();
        Login current = Login.of(number);
        var browser = new Person(kriya);
        for (boolean isStranger : new boolean[] {false, true}) {
            kriya.coolDown();
            browser.open(Plane.query(Plane.state()))
                    .submit("", "phone_number", number)
                    .submit("/code", "code", kriya.codeOf(number));
            assertThat(browser.given("code")).isNotEmpty();
            if (isStranger) {
                endSession(
                        json(sessions(current.token())).getString("sessions.find { it.client == 'plane' }.id"),
                        current.token());
            }
            kriya.coolDown();
            kriya.register(number);
            long before = kriya.messagesTo(number);
            browser.open(Plane.query(Plane.state())).submit("", "phone_number", number);
            assertThat(kriya.messagesTo(number) > before)
                    .as("after the end: %s", isStranger)
                    .isEqualTo(!isStranger);
        }
    }

    @Test
    void aSessionTellsWhetherItsDeviceIsKnown() {
        String number = number();
        Login revoked = Login.of(number);
        String ofTheSame = json(kriya.verifyOn(
                        revoked.device(), id(kriya.registerOn(revoked.device(), number)), kriya.codeOf(number)))
                .getString("token");
        Login expired = Login.of(number);
        Login ofTheVersionBefore = Login.of(number);
        Login known = Login.of(number);
        endSession(idOf(ofTheSame), known.token());
        kriya.database.execute("update devices set expires_at = now() where id ="
                + " (select device_id from tokens where id = '" + idOf(expired.token()) + "')");
        kriya.database.execute(
                "update tokens set device_id = null where id = '" + idOf(ofTheVersionBefore.token()) + "'");
        var sessions = json(sessions(known.token())).setRootPath("sessions");
        assertThat(sessions.getList("id"))
                .containsExactly(
                        idOf(known.token()),
                        idOf(ofTheVersionBefore.token()),
                        idOf(expired.token()),
                        idOf(revoked.token()));
        assertThat(sessions.getList("known_device")).containsExactly(true, false, false, false);
    }

    @Test
    void aRepeatedVerificationKnowsItsDeviceAgain() {
        String number = number();
        String key = UUID.randomUUID().toString();
        String id = id(kriya.registerAs(number, "Ada"));
        String code = kriya.codeOf(number);
        String token = json(kriya.verify(id, code, "Idempotency-Key", key)).getString("token");
        Own.send(kriya.one(), "DELETE", "/sessions", token);
        assertThat(json(sessions(token)).getList("sessions.known_device")).containsExactly(false);
        assertThat(json(kriya.verify(id, code, "Idempotency-Key", key)).getString("token"))
                .isEqualTo(token);
        assertThat(json(sessions(token)).getList("sessions.known_device")).containsExactly(true);
    }

    @Test
    void allOtherSessionsEndAtOnce() {
        String number = number();
        List<String> others = List.of(kriya.tokenOf(number), kriya.tokenOf(number));
        String access = Plane.tokenFor(kriya, number, null);
        String current = kriya.tokenOf(number);
        String stranger = kriya.tokenOf(number());
        others.forEach(SessionsIT::assertThatBothLetIn);
        var answer = Own.send(kriya.one(), "DELETE", "/sessions", current);
        assertThat(json(answer).getString("message")).isEqualTo("Ended 3 other sessions");
        assertThat(kriya.database.query("select count(*) from devices d join users u on u.id = d.user_id"
                        + " where u.phone_number = '" + number + "'"))
                .isEqualTo("0");
        others.forEach(SessionsIT::awaitEndEverywhere);
        assertThat(Plane.user(kriya.two(), access).status()).isEqualTo(401);
        assertThatBothLetIn(current);
        assertThatBothLetIn(stranger);
    }

    @Test
    void nobodyEndsASessionOfAnotherUser() {
        String theirs = kriya.tokenOf(number());
        String own = kriya.tokenOf(number());
        for (String id : List.of(idOf(theirs), UUID.randomUUID().toString())) {
            var answer = Own.send(kriya.one(), "DELETE", "/sessions/" + id, own);
            assertThat(answer.statusCode()).as(id).isEqualTo(404);
            assertThat(json(answer).getString("code")).isEqualTo("session_not_found");
        }
        assertThat(json(Own.send(kriya.one(), "DELETE", "/sessions/1234567", own))
                        .getString("code"))
                .isEqualTo("not_found");
        assertThatBothLetIn(theirs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kriya_00000000-0000-4000-8000-000000000000", "kriya_at_access"})
    void withoutAValidLoginTokenNothingIsShown(String token) {
        String presented = token.equals("kriya_at_access") ? Plane.tokenFor(kriya, number(), "Ada") : token;
        for (String method : List.of("GET", "DELETE")) {
            var answer = Own.send(kriya.one(), method, "/sessions", presented);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(json(answer).getString("code")).isEqualTo("invalid_token");
        }
        assertThat(kriya.one().get("/api/auth/sessions").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenInTheUrlIsRefused() {
        String token = kriya.tokenOf(number());
        assertThat(kriya.one().get("/api/auth/sessions?token=" + token).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aSessionIsNoLabelOfTheMetricsAndMaskedInTheLog() {
        String token = kriya.tokenOf(number());
        String id = idOf(token);
        assertThat(Own.send(kriya.one(), "PUT", "/sessions/" + id, token)
                        .headers()
                        .firstValue("Allow"))
                .contains("DELETE, OPTIONS");
        Own.send(kriya.one(), "DELETE", "/sessions/" + id, token);
        await("the metrics").until(() -> kriya.one().metrics().contains("uri=\"/api/auth/sessions/{id}\""));
        assertThat(kriya.one().metrics()).doesNotContain(id);
        kriya.one().awaitLog("DELETE /api/auth/sessions/* 200");
        assertThat(kriya.one().log()).doesNotContain(id);
    }
}
