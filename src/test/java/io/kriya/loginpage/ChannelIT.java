package io.kriya.loginpage;

import static io.kriya.Deployment.id;
import static io.kriya.Deployment.json;
import static io.kriya.Deployment.number;
import static io.kriya.Deployment.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import io.kriya.oauth.Plane;
import io.kriya.sms.FakeGateway.Received;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Codes over WhatsApp and by calls, on two replicas. */
class ChannelIT {

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void twoReplicasRun() {
        kriya = Deployment.start(0, Map.of());
        for (int i = 0; i < 2; i++) {
            kriya.replicas.add(KriyaProcess.start(environment()));
        }
    }

    private static Map<String, String> environment() {
        var environment = new HashMap<>(kriya.environment());
        environment.putAll(kriya.gateway.twilio());
        environment.putAll(kriya.gateway.otherChannels());
        environment.putAll(Api.CLIENT);
        environment.put("SMS_SENDERS", "twilio,whatsapp,voice");
        environment.put("SMS_CHANNELS", "BR=whatsapp");
        return environment;
    }

    private static String brazilian() {
        return "+55119" + ThreadLocalRandom.current().nextInt(60_000_000, 100_000_000);
    }

    private static void mayBeSentNow(String number) {
        kriya.database.execute("update challenges set resend_at = now() where phone_number = '" + number + "'");
        kriya.coolDown();
    }

    private static String sender(String number) {
        return kriya.database.query(
                "select concat_ws(' ', sender, result) from messages where challenge_id in (select id"
                        + " from challenges where phone_number = '" + number + "') order by created_at desc limit 1");
    }

    private static Received last() {
        return kriya.gateway.last();
    }

    @Test
    void aCountryGetsItsCodesOverWhatsApp() {
        String number = brazilian();
        var answer = kriya.registerAs(number, "Ada");
        assertThat(json(answer).getString("verification.channel")).isEqualTo("whatsapp");
        assertThat(last().isWhatsApp()).isTrue();
        assertThat(last().to()).isEqualTo(number);
        assertThat(sender(number)).isEqualTo("whatsapp sent");
        assertThat(kriya.verify(id(answer), kriya.codeOf(number)).statusCode()).isEqualTo(200);

        kriya.register(number());
        assertThat(last().isWhatsApp()).isFalse();
    }

    @Test
    void aResendMayBeACallWithTheSameCode() {
        String number = number();
        var registered = kriya.registerAs(number, "Ada");
        String code = kriya.codeOf(number);
        assertThat(json(registered).getString("verification.channel")).isEqualTo("sms");
        mayBeSentNow(number);
        var called = kriya.post(
                "/api/auth/verify/resend",
                "{\"verification_id\": \"%s\", \"channel\": \"voice\"}".formatted(id(registered)));
        assertThat(called.statusCode()).isEqualTo(202);
        assertThat(json(called).getString("verification.channel")).isEqualTo("voice");
        assertThat(last().isCall()).isTrue();
        assertThat(kriya.codeOf(number)).isEqualTo(code);
        assertThat(sender(number)).isEqualTo("voice sent");

        mayBeSentNow(number);
        assertThat(json(kriya.resend(id(registered))).getString("verification.channel"))
                .isEqualTo("sms");
        assertThat(kriya.verify(id(registered), code).statusCode()).isEqualTo(200);
    }

    private static void enterWrongCodes(String id, String number) {
        String code = kriya.codeOf(number);
        for (int i = 0; i < 5; i++) {
            assertThat(kriya.verify(id, wrong(code)).statusCode()).isEqualTo(401);
        }
    }

    private static void resend(String id, String number, String channel) {
        mayBeSentNow(number);
        assertThat(kriya.post(
                                "/api/auth/verify/resend",
                                "{\"verification_id\": \"%s\", \"channel\": \"%s\"}".formatted(id, channel))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void aNoticeWaitsForATextMessageWhileTheCodeIsSentOverWhatsApp() {
        String number = brazilian();
        enterWrongCodes(id(kriya.register(number)), number);
        kriya.coolDown();
        String id = id(kriya.register(number));
        assertThat(last().isWhatsApp()).isTrue();
        resend(id, number, "sms");
        assertThat(last().text()).contains("Many wrong codes were entered for your number.");
    }

    @Test
    void aNoticeWaitsForATextMessageWhileTheCodeIsReadOutInACall() {
        String number = number();
        String id = id(kriya.register(number));
        kriya.coolDown();
        enterWrongCodes(id(kriya.register(number)), number);
        resend(id, number, "voice");
        assertThat(last().isCall()).isTrue();
        assertThat(last().body()).doesNotContain("wrong");
        resend(id, number, "sms");
        assertThat(last().text()).contains("Many wrong codes were entered for your number.");
    }

    @Test
    void thePageOffersACallAndSaysThatItCalls() {
        String number = number();
        var person = new Person(kriya).open(Plane.query(Plane.state())).submit("", "phone_number", number);
        assertThat(person.page())
                .contains("We sent a text message", "Call me instead")
                .doesNotContain("Text me instead");
        mayBeSentNow(number);
        person.reload().submit("/resend", "channel", "voice");
        assertThat(last().isCall()).isTrue();
        assertThat(person.page())
                .contains("We are calling <bdi", "Text me instead")
                .doesNotContain("We sent");

        mayBeSentNow(number);
        person.reload().submit("/resend", "channel", "sms");
        assertThat(last().isCall()).isFalse();
        assertThat(person.page()).contains("We sent a new message with a code to");
        assertThat(person.submit("/code", "code", kriya.codeOf(number)).path()).endsWith("/name");
    }

    @Test
    void thePageSaysThatACodeIsInWhatsApp() {
        var person = new Person(kriya).open(Plane.query(Plane.state())).submit("", "phone_number", brazilian());
        assertThat(person.page()).contains("We sent a WhatsApp message", "Text me instead", "Call me instead");
    }
}
