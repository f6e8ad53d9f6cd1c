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
        kriya = Deployment.start(2, new HashMap<>(Api.CLIENT));
    }

    private static HttpResponse<String> own(String method, String path, String token, String json) {
        return Own.send(kriya.one(), method, path, token, json);
    }

    private static String userOf(String token) {
        return json(kriya.one().validate(token)).getString("user.id");
    }

    private static HttpResponse<String> sendCode(String token, String number) {
        return own("POST", "/user/phone-number/code", token, "{\"phone_number\": \"%s\"}".formatted(number));
    }

    private static HttpResponse<String> changeTo(String number, String token) {
        String id = id(sendCode(token, number));
        return own("PUT", "/user/phone-number", token, verification(id, kriya.codeOf(number)));
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
        String dormant = userOf(kriya.tokenOf(number));
        kriya.database.execute(
                "update users set last_login_at = now() - interval '366 days' where id = '" + dormant + "'");
        String token = kriya.tokenOf(number());
        assertThat(changeTo(number, token).statusCode()).isEqualTo(200);
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
        // The proof of the first ends the challenge of the other.
        assertThat(statuses).containsExactlyInAnyOrder(200, 410);
    }
}
