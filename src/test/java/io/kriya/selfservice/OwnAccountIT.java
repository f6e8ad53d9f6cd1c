package io.kriya.selfservice;

import static io.kriya.Deployment.id;
import static io.kriya.Deployment.json;
import static io.kriya.Deployment.number;
import static io.kriya.Deployment.verification;
import static io.kriya.Deployment.wrong;
import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.Leftovers;
import io.kriya.oauth.Plane;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users do with their own account by codes, on two replicas. */
class OwnAccountIT {

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void twoReplicasRun() {
        var environment = new HashMap<>(Api.CLIENT);
        // All requests have one address.
        environment.put("SMS_LIMIT_ADDRESS_WRONG_CODES", "10000/24h");
        kriya = Deployment.start(2, environment);
    }

    private static HttpResponse<String> own(String method, String path, String token, String json) {
        return Own.send(kriya.one(), method, path, token, json);
    }

    private static String userOf(String token) {
        return json(kriya.one().validate(token)).getString("user.id");
    }

    private static HttpResponse<String> sendCode(String token, String number) {
        kriya.coolDown();
        return own("POST", "/user/phone-number/code", token, "{\"phone_number\": \"%s\"}".formatted(number));
    }

    private static HttpResponse<String> changeTo(String number, String token) {
        String id = id(sendCode(token, number));
        return own("PUT", "/user/phone-number", token, verification(id, kriya.codeOf(number)));
    }

    private static HttpResponse<String> erase(String number, String token) {
        kriya.coolDown();
        String id = id(kriya.register(number));
        return own("DELETE", "/user", token, verification(id, kriya.codeOf(number)));
    }

    /** On both replicas, so that both have it in their caches. */
    private static void assertThatBothLetIn(String token) {
        assertThat(kriya.replicas).allMatch(replica -> replica.letsIn(token));
        assertThat(kriya.replicas).allMatch(replica -> replica.letsIn(token));
    }

    @Test
    void aUserChangesTheirProfileForEveryReplica() {
        String token = kriya.tokenOf(number());
        assertThatBothLetIn(token);
        var changed = own(
                "PATCH",
                "/user",
                token,
                "{\"first_name\": \" Augusta \", \"last_name\": \"King\", \"email\": \"ada@example.com\"}");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(json(changed).getString("first_name")).isEqualTo("Augusta");
        assertThat(json(changed).getString("last_name")).isEqualTo("King");
        assertThat(json(changed).getString("email")).isEqualTo("ada@example.com");
        assertThat(json(kriya.one().validate(token)).getString("user.first_name"))
                .isEqualTo("Augusta");
        await("the change on the other replica").until(() -> json(kriya.two().validate(token))
                .getString("user.first_name")
                .equals("Augusta"));
        // Nobody has verified it.
        assertThat(json(kriya.two().validate(token)).getString("user.email")).isNull();
    }

    @Test
    void whatIsNotGivenStaysAndWhatIsEmptyIsCleared() {
        String token = kriya.tokenOf(number());
        own("PATCH", "/user", token, "{\"last_name\": \"King\", \"email\": \"ada@example.com\"}");
        var kept = json(own("PATCH", "/user", token, "{\"last_name\": null}"));
        assertThat(kept.getString("first_name")).isEqualTo("Ada");
        assertThat(kept.getString("last_name")).isEqualTo("King");
        assertThat(kept.getString("email")).isEqualTo("ada@example.com");
        var cleared = json(own("PATCH", "/user", token, "{\"last_name\": \"\", \"email\": \"\"}"));
        assertThat(cleared.getString("last_name")).isEmpty();
        assertThat(cleared.getString("email")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"first_name\": \"\"}",
                "{\"first_name\": \"\\u0000\"}",
                "{\"last_name\": 1}",
                "{\"email\": \"ada@kriya.local\"}",
                "{\"email\": \"ada\"}",
                ""
            })
    void aProfileIsCheckedAsInRegister(String json) {
        String token = kriya.tokenOf(number());
        assertThat(own("PATCH", "/user", token, json).statusCode()).isEqualTo(422);
    }

    @Test
    void aUserChangesTheirNumberByACodeToTheNewOne() {
        String old = number();
        String token = kriya.tokenOf(old);
        String user = userOf(token);
        String number = number();
        var sent = sendCode(token, number);
        assertThat(sent.statusCode()).isEqualTo(202);
        assertThat(json(sent).getString("verification.phone_number")).isEqualTo(number);
        var changed = own("PUT", "/user/phone-number", token, verification(id(sent), kriya.codeOf(number)));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(json(changed).getString("phone_number")).isEqualTo(number);
        assertThat(json(changed).getString("id")).isEqualTo(user);
        assertThatBothLetIn(token);
        assertThat(userOf(kriya.tokenOf(number))).isEqualTo(user);
        assertThat(userOf(kriya.tokenOf(old))).isNotEqualTo(user);
    }

    @Test
    void aWrongCodeChangesNothingAndCounts() {
        String old = number();
        String token = kriya.tokenOf(old);
        String number = number();
        String id = id(sendCode(token, number));
        String code = kriya.codeOf(number);
        for (int left = 4; left >= 0; left--) {
            var refused = own("PUT", "/user/phone-number", token, verification(id, wrong(code)));
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(json(refused).getInt("attempts_left")).isEqualTo(left);
        }
        assertThat(own("PUT", "/user/phone-number", token, verification(id, code))
                        .statusCode())
                .isEqualTo(410);
        assertThat(json(own("PATCH", "/user", token, "{}")).getString("phone_number"))
                .isEqualTo(old);
    }

    @Test
    void aNumberOfAnotherAccountGetsTheSameAnswerAndIsRefusedToWhoeverHasItsCode() {
        String taken = number();
        String theirs = kriya.tokenOf(taken);
        String own = number();
        String token = kriya.tokenOf(own);
        var known = sendCode(token, taken);
        var unknown = sendCode(token, number());
        assertThat(known.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo(202);
        assertThat(json(known).getMap("verification").keySet())
                .isEqualTo(json(unknown).getMap("verification").keySet());
        String code = kriya.codeOf(taken);
        assertThat(own("PUT", "/user/phone-number", token, verification(id(known), wrong(code)))
                        .statusCode())
                .isEqualTo(401);
        var refused = own("PUT", "/user/phone-number", token, verification(id(known), code));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused).getString("code")).isEqualTo("phone_number_taken");
        assertThat(refused.body()).doesNotContain(taken);
        assertThat(userOf(kriya.tokenOf(own))).isEqualTo(userOf(token));
        assertThat(userOf(kriya.tokenOf(taken))).isEqualTo(userOf(theirs));
    }

    @Test
    void aNumberOfADormantAccountIsTakenOver() {
        String number = number();
        String ended = kriya.tokenOf(number);
        String dormant = userOf(ended);
        kriya.database.execute(
                "update users set last_login_at = now() - interval '366 days' where id = '" + dormant + "'");
        String token = kriya.tokenOf(number());
        List<String> counters =
                List.of("kriya_accounts_released_total", "kriya_verifications_total{step=\"verified\"}");
        List<Double> before = counters.stream().map(kriya.one()::metric).toList();
        assertThat(changeTo(number, token).statusCode()).isEqualTo(200);
        assertThat(kriya.one().letsIn(ended)).isFalse();
        assertThat(counters.stream().map(kriya.one()::metric))
                .containsExactly(before.getFirst() + 1, before.getLast() + 1);
        assertThat(userOf(kriya.tokenOf(number))).isEqualTo(userOf(token));
        assertThat(kriya.database.query("select former_phone_number from users where id = '" + dormant + "'"))
                .isEqualTo(number);
    }

    @Test
    void ofTwoUsersWhoTakeOneNumberAtOnceOneGetsIt() throws Exception {
        String number = number();
        List<String> tokens = List.of(kriya.tokenOf(number()), kriya.tokenOf(number()));
        List<String> bodies = new ArrayList<>();
        for (String token : tokens) {
            bodies.add(verification(id(sendCode(token, number)), kriya.codeOf(number)));
        }
        var statuses = Deployment.atOnce(
                2, i -> Own.send(kriya.replicas.get(i), "PUT", "/user/phone-number", tokens.get(i), bodies.get(i)));
        // The proof of the first ends the challenge of the other: no code of it is right any more.
        assertThat(statuses).containsExactlyInAnyOrder(200, 401);
    }

    @Test
    void anExportHasEverythingThatIsStored() {
        String number = number();
        String token = kriya.tokenOf(number);
        own("PATCH", "/user", token, "{\"last_name\": \"King\", \"email\": \"ada@example.com\"}");
        Plane.tokenFor(kriya, number, null);
        kriya.database.execute("insert into invited_numbers (phone_number) values ('" + number + "')");
        var answer = Own.send(kriya.two(), "GET", "/user/export", token);
        assertThat(answer.statusCode()).isEqualTo(200);
        var export = json(answer);
        assertThat(export.getMap("")).containsOnlyKeys("user", "tokens", "grants", "devices", "verifications");
        assertThat(export.getString("user.phone_number")).isEqualTo(number);
        assertThat(export.getString("user.email")).isEqualTo("ada@example.com");
        assertThat(export.getString("user.last_login_at")).endsWith("Z");
        assertThat(export.getString("user.invited_at")).endsWith("Z");
        assertThat(export.getList("tokens")).hasSize(1);
        assertThat(export.getBoolean("tokens[0].is_active")).isTrue();
        assertThat(export.getString("grants[0].client")).isEqualTo("plane");
        assertThat(export.getList("devices.id"))
                .containsExactly(export.getString("tokens[0].device_id"), export.getString("grants[0].device_id"));
        assertThat(export.getList("verifications")).hasSize(2);
        assertThat(answer.body()).doesNotContain("kriya_").doesNotContainIgnoringCase("hash");
    }

    @Test
    void anExportHasAColumnOfEachThatIsStored() {
        // Whoever adds a column with data of a user adds it to the export, or here.
        assertThat(kriya.database.query("select string_agg(table_name || '.' || column_name, ' ' order by 1)"
                        + " from (select table_name, column_name from information_schema.columns"
                        + " where table_schema = 'public' and table_name in ('users', 'tokens', 'grants', 'devices', 'challenges')"
                        + " order by 1, 2) columns"))
                .isEqualTo(String.join(
                        " ",
                        "challenges.attempts challenges.channel challenges.created_at challenges.email",
                        "challenges.ended_at challenges.expires_at challenges.first_name challenges.id",
                        "challenges.is_sent challenges.is_unconfirmed challenges.key_id challenges.last_name challenges.notice",
                        "challenges.phone_number challenges.resend_at challenges.resend_key challenges.secret_hash",
                        "challenges.sends challenges.verified_at",
                        "devices.created_at devices.expires_at devices.id devices.last_used_at devices.secret_hash",
                        "devices.user_id",
                        "grants.address grants.client_id grants.code_challenge grants.code_hash grants.created_at",
                        "grants.device grants.device_id grants.ended_at grants.expires_at grants.id grants.redirect_uri",
                        "grants.token_expires_at grants.token_hash grants.user_id",
                        "tokens.address tokens.created_at tokens.device tokens.device_id tokens.expires_at tokens.id",
                        "tokens.is_active tokens.last_used_at tokens.token_hash tokens.user_id",
                        "users.created_at users.email users.first_name users.former_phone_number users.handle",
                        "users.id users.last_login_at users.last_name users.numeric_id users.phone_number",
                        "users.released_at users.updated_at users.verified_email"));
    }

    @Test
    void anErasedUserIsGoneFromTheDatabaseAndEverywhereAtOnce() {
        String number = number();
        String token = kriya.tokenOf(number);
        String other = kriya.tokenOf(number);
        String user = userOf(token);
        own(
                "PATCH",
                "/user",
                token,
                "{\"first_name\": \"Zuleika\", \"last_name\": \"Ada-King\", \"email\": \"zuleika@example.com\"}");
        kriya.database.execute("update users set verified_email = 'zuleika@example.org' where id = '" + user + "'");
        kriya.database.execute("insert into invited_numbers (phone_number) values ('" + number + "')");
        kriya.database.execute("insert into users (id, phone_number, first_name, created_at, updated_at,"
                + " former_phone_number, released_at) values (gen_random_uuid(), '~' || left(md5('" + number
                + "'), 19), 'Eve', now(), now(), '" + number + "', now())");
        String access = Plane.tokenFor(kriya, number, null);
        kriya.coolDown();
        String ofAttempts = "select count(*) from limits where name like 'wrong_codes %'";
        String before = kriya.database.query(ofAttempts);
        String pending = id(kriya.registerAs(number, "Zuleika"));
        kriya.verify(pending, wrong(kriya.codeOf(number)));
        assertThat(kriya.database.query(ofAttempts)).isNotEqualTo(before);
        var sessions = json(Own.send(kriya.one(), "GET", "/sessions", token)).<String>getList("sessions.id");
        assertThat(sessions).hasSize(3);
        assertThatBothLetIn(token);
        assertThatBothLetIn(other);
        List<String> texts = new ArrayList<>(sessions);
        texts.addAll(List.of(
                number,
                user,
                token,
                other,
                access,
                pending,
                "Zuleika",
                "Ada-King",
                "zuleika@example.com",
                "zuleika@example.org"));
        assertThat(Leftovers.of(kriya.database, texts)).hasSizeGreaterThan(texts.size());

        var erased = erase(number, token);
        assertThat(erased.statusCode()).as(erased.body()).isEqualTo(200);
        assertThat(json(erased).getString("message")).isEqualTo("Account erased");

        assertThat(Leftovers.of(kriya.database, texts)).isEmpty();
        assertThat(kriya.database.query(ofAttempts)).isEqualTo(before);
        assertThat(kriya.database.query("select count(*) from devices where user_id = '" + user + "'"))
                .isEqualTo("0");
        for (String gone : List.of(token, other)) {
            assertThat(kriya.one().validate(gone).body()).contains("Token not found");
            await("the end on the other replica")
                    .until(() -> kriya.two().validate(gone).body().contains("Token not found"));
        }
        assertThat(Plane.user(kriya.two(), access).status()).isEqualTo(401);
        String again = kriya.tokenOf(number);
        assertThat(userOf(again)).isNotEqualTo(user);
        assertThat(kriya.one().log() + kriya.two().log()).doesNotContain(number, "Zuleika", "zuleika@");
    }

    @Test
    void erasureNeedsTheCodeOfTheUsersOwnNumber() {
        String number = number();
        String token = kriya.tokenOf(number);
        String stranger = number();
        assertThat(erase(stranger, token).statusCode()).isEqualTo(410);
        String id = id(kriya.register(number));
        assertThat(own("DELETE", "/user", token, verification(id, wrong(kriya.codeOf(number))))
                        .statusCode())
                .isEqualTo(401);
        for (String body : List.of("{}", "{\"verification_id\": \"" + id + "\"}", "{\"code\": \"123456\"}")) {
            assertThat(own("DELETE", "/user", token, body).statusCode()).isEqualTo(422);
        }
        assertThat(Own.send(kriya.one(), "DELETE", "/user", token).statusCode()).isEqualTo(422);
        assertThatBothLetIn(token);
    }

    @Test
    void aCodeErasesNobodyTwiceAndWithoutATokenNobody() throws Exception {
        String number = number();
        String token = kriya.tokenOf(number);
        kriya.coolDown();
        String id = id(kriya.register(number));
        String body = verification(id, kriya.codeOf(number));
        assertThat(own("DELETE", "/user", "kriya_00000000-0000-4000-8000-000000000000", body)
                        .statusCode())
                .isEqualTo(401);
        var statuses = Deployment.atOnce(8, i -> Own.send(kriya.replicas.get(i % 2), "DELETE", "/user", token, body));
        assertThat(statuses).containsOnlyOnce(200).isSubsetOf(200, 401, 410);
    }

    @Test
    void aLoginThatRacesWithAnErasureLeavesNobodyHalf() throws Exception {
        for (int round = 0; round < 5; round++) {
            String number = number();
            String token = kriya.tokenOf(number);
            kriya.coolDown();
            String eraseId = id(kriya.register(number));
            String eraseBody = verification(eraseId, kriya.codeOf(number));
            kriya.coolDown();
            String loginId = id(kriya.registerAs(number, "Ada"));
            String loginBody = verification(loginId, kriya.codeOf(number));
            var statuses = Deployment.atOnce(
                    2,
                    i -> i == 0 ? own("DELETE", "/user", token, eraseBody) : kriya.post("/api/auth/verify", loginBody));
            // The erasure deletes the challenge of the login; the login ends that of the erasure.
            assertThat(statuses).containsOnlyOnce(200).isSubsetOf(200, 401, 410);
        }
    }
}
