package io.kriya.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kriya.sms.FakeGateway.Behaviour;
import io.kriya.sms.SmsResult.Reason;
import io.kriya.sms.SmsResult.Sent;
import io.kriya.sms.SmsResult.Unknown;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSenderTest extends GatewayTests {

    @Override
    SmsSender sender(SmsConfig config, GatewayClient client) {
        return new WebhookSender(config.webhook(), client, CLOCK);
    }

    @Override
    String urlKey() {
        return "webhook.url";
    }

    @Override
    int errorCode(Behaviour behaviour) {
        return SmsResult.NO_CODE;
    }

    @Test
    void theBodyIsJsonWithThreeFields() {
        send();
        assertThat(gateway.last().path()).isEqualTo("/sms?tenant=1");
        assertThat(gateway.last().headers()).containsEntry("Content-Type", "application/json");
        assertThat(gateway.last().body()).startsWith("{");
        assertThat(gateway.last().fields())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("to", NUMBER, "text", TEXT, "reference", MESSAGE.reference()));
    }

    @Test
    void aTextOfOnesOwnHasItsSenderAndItsTemplateId() {
        sender(Map.of()).send(message(Optional.of("KRIYAX"), Optional.of("1107161234567890123")));
        assertThat(gateway.last().fields())
                .containsEntry("sender", "KRIYAX")
                .containsEntry("template_id", "1107161234567890123");
    }

    @Test
    void itIsSignedAsTheStandardSays() {
        send();
        var headers = gateway.last().headers();
        assertThat(headers)
                .containsEntry("webhook-id", MESSAGE.reference())
                .containsEntry("webhook-timestamp", Long.toString(NOW.getEpochSecond()));
        String signed = MESSAGE.reference() + "." + NOW.getEpochSecond() + "."
                + gateway.last().body();
        assertThat(headers)
                .containsEntry("webhook-signature", StandardWebhook.signature(FakeGateway.WEBHOOK_SECRET, signed));
    }

    @Test
    void theExampleOfTheStandardIsSignedInTheSameWay() {
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        String id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        String body = "{\"test\": 2432232314}";
        String signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assertThat(WebhookSecret.parse(secret).sign(id, "1614265330", body)).isEqualTo(signature);
        assertThat(StandardWebhook.signature(secret, id + ".1614265330." + body))
                .isEqualTo(signature);
    }

    @Test
    void anotherSecretIsARejection() {
        String other = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        assertThat(send(Map.of("webhook.secret", other))).isEqualTo(notSent(Reason.REJECTED));
    }

    @ParameterizedTest
    @CsvSource({"invalid_phone_number, INVALID_PHONE_NUMBER", "rate_limited, RATE_LIMITED", "rejected, REJECTED"})
    void anAnswerInOneWordIsUnderstood(String status, Reason reason) {
        gateway.respondWith(200, "", "{\"status\": \"" + status + "\"}");
        assertThat(send()).isEqualTo(notSent(reason));
        gateway.respondWith(200, "", "{\"status\": \"" + status + "\", \"error_code\": \"30450\"}");
        assertThat(send()).isEqualTo(notSent(reason, 30450));
    }

    @Test
    void whatElseAnAnswerSaysDoesNotMatter() {
        gateway.respondWith(202, "", "{\"id\": 1, \"status\": \"ok\", \"of\": []}");
        assertThat(send()).isEqualTo(new Sent());
    }

    @Test
    void aLimitInOneWordMaySayForHowLong() {
        gateway.respondWith(200, "Retry-After: 3", "{\"status\": \"rate_limited\"}");
        assertThat(send()).isEqualTo(rateLimited(Duration.ofSeconds(3), SmsResult.NO_CODE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ok",
                "\"ok\"",
                "{}",
                "[]",
                "null",
                "{\"status\": \"OK\"}",
                "{\"status\": null}",
                "{\"status\": \"timeout\"}",
                "{\"status\": [\"ok\"]}"
            })
    void anyOtherAnswerIsUnknown(String body) {
        gateway.respondWith(200, "", body);
        assertThat(send()).isEqualTo(new Unknown());
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 63, 64})
    void aSecretIsAKeyOf24To64Bytes(int length) {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[length]);
        assertThat(WebhookSecret.parse(secret).sign("a", "1", "b"))
                .isEqualTo(StandardWebhook.signature(secret, "a.1.b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 65})
    void aShorterOrLongerSecretIsRefused(int length) {
        assertSecretIsRefused("whsec_" + Base64.getEncoder().encodeToString(new byte[length]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa!w"
            })
    void anotherFormOfSecretIsRefused(String secret) {
        assertSecretIsRefused(secret);
    }

    private void assertSecretIsRefused(String secret) {
        assertThatThrownBy(() -> send(Map.of("webhook.secret", secret)))
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause()
                .hasMessage("SMS_WEBHOOK_SECRET takes whsec_ and the base64 of 24 to 64 bytes.");
    }

    @ParameterizedTest
    @CsvSource({"webhook.url, SMS_WEBHOOK_URL", "webhook.secret, SMS_WEBHOOK_SECRET"})
    void whatIsMissingIsNamed(String key, String setting) {
        assertThatThrownBy(() -> send(Map.of(key, "")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(setting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "a\nb", "ä"})
    void aReferenceThatWouldSpoilTheSignatureCanNotBeMade(String reference) {
        assertThatThrownBy(() -> new SmsMessage(MESSAGE.to(), MESSAGE.content(), reference))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
