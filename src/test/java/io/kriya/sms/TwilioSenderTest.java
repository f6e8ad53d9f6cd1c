package io.kriya.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kriya.sms.FakeGateway.Behaviour;
import io.kriya.sms.SmsResult.Reason;
import io.kriya.sms.SmsResult.Sent;
import io.kriya.sms.SmsResult.Unknown;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioSenderTest extends GatewayTests {

    @Override
    SmsSender sender(SmsConfig config, GatewayClient client) {
        return new TwilioSender(config.twilio(), client, Optional.empty());
    }

    @Override
    String urlKey() {
        return "twilio.base-url";
    }

    @Override
    int errorCode(Behaviour behaviour) {
        return switch (behaviour) {
            case INVALID_PHONE_NUMBER -> 21211;
            case REJECTED -> 21408;
            case FAULT -> 20500;
            default -> SmsResult.NO_CODE;
        };
    }

    @Test
    void aMessageIsMadeByTheFormThatTwilioDocuments() {
        send();
        var request = gateway.last();
        assertThat(request.path()).isEqualTo("/2010-04-01/Accounts/" + FakeGateway.ACCOUNT_SID + "/Messages.json");
        assertThat(request.headers()).containsEntry("Content-Type", "application/x-www-form-urlencoded");
        assertThat(request.fields())
                .containsExactlyInAnyOrderEntriesOf(Map.of("To", NUMBER, "From", FakeGateway.FROM, "Body", TEXT));
    }

    @Test
    void aMessagingServiceWinsOverANumber() {
        assertThat(send(Map.of("twilio.messaging-service-sid", "MG1"))).isEqualTo(new Sent());
        assertThat(gateway.last().fields())
                .containsEntry("MessagingServiceSid", "MG1")
                .doesNotContainKey("From");
    }

    @Test
    void theSenderOfTheTextWinsOverThatOfTheAccount() {
        var message = message(Optional.of("KRIYAX"), Optional.empty());
        sender(Map.of()).send(message);
        assertThat(gateway.last().fields()).containsEntry("From", "KRIYAX");
        sender(Map.of("twilio.messaging-service-sid", "MG1")).send(message);
        assertThat(gateway.last().fields())
                .containsEntry("MessagingServiceSid", "MG1")
                .containsEntry("From", "KRIYAX");
    }

    @Test
    void theAddressMayEndInASlash() {
        assertThat(send(Map.of("twilio.base-url", gateway.url() + "/"))).isEqualTo(new Sent());
    }

    @Test
    void aWrongTokenIsARejection() {
        assertThat(send(Map.of("twilio.auth-token", "another"))).isEqualTo(notSent(Reason.REJECTED, 20003));
    }

    @ParameterizedTest
    @ValueSource(ints = {21211, 21214, 21217, 21265, 21266, 21268, 21610, 21614, 21635, 30005, 30006})
    void aCodeThatBlamesTheNumberIsUnderstood(int code) {
        gateway.respondWith(400, "", "{\"code\": " + code + ", \"status\": 400}");
        assertThat(send()).isEqualTo(notSent(Reason.INVALID_PHONE_NUMBER, code));
    }

    @ParameterizedTest
    @CsvSource({
        "400, 21408",
        "400, 21606",
        "400, 30450",
        "400, 21603",
        "400, 21612",
        "403, 20403",
        "401, 20003",
        "404, 20404",
        "400, 0"
    })
    void anyOtherCodeIsARejectionThatNoWaitingHelps(int status, int code) {
        gateway.respondWith(status, "Retry-After: 3", "{\"code\": " + code + ", \"status\": " + status + "}");
        assertThat(send()).isEqualTo(notSent(Reason.REJECTED, code));
    }

    @ParameterizedTest
    @CsvSource({"429, 20429", "400, 20429", "429, 21611", "400, 63038", "400, 14107", "400, 30017", "400, 30022"})
    void tooMuchAtOnceIsALimit(int status, int code) {
        gateway.respondWith(status, "Retry-After: 3", "{\"code\": " + code + "}");
        assertThat(send()).isEqualTo(rateLimited(Duration.ofSeconds(3), code));
    }

    @Test
    void theGatewayOfTheTestsLimitsAsTwilioDoes() {
        gateway.respondWith(Behaviour.RATE_LIMITED);
        assertThat(send()).isEqualTo(rateLimited(Duration.ofSeconds(FakeGateway.RETRY_AFTER_SECONDS), 20429));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queued", "accepted", "scheduled", "sending", "sent", "delivered"})
    void whatIsOnItsWayIsSent(String status) {
        gateway.respondWith(201, "", "{\"sid\": \"SM1\", \"status\": \"" + status + "\", \"error_code\": null}");
        assertThat(send()).isEqualTo(new Sent());
    }

    @ParameterizedTest
    @CsvSource({
        "failed, null, REJECTED",
        "failed, 30002, REJECTED",
        "failed, 21610, INVALID_PHONE_NUMBER",
        "failed, 30001, RATE_LIMITED",
        "canceled, null, REJECTED"
    })
    void whatFailedAtOnceWasNotSentAlthoughItWasMade(String status, String code, Reason reason) {
        gateway.respondWith(
                201, "", "{\"sid\": \"SM1\", \"status\": \"" + status + "\", \"error_code\": " + code + "}");
        assertThat(send()).isEqualTo(notSent(reason, code.equals("null") ? SmsResult.NO_CODE : Integer.parseInt(code)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"sid\": null}",
                "{\"sid\": \"\"}",
                "{\"sid\": \"SM1\"",
                "{\"sid\": \"SM1\"} x"
            })
    void aSuccessThatCanNotBeReadIsUnknown(String body) {
        gateway.respondWith(201, "", body);
        assertThat(send()).isEqualTo(new Unknown());
    }

    @ParameterizedTest
    @CsvSource({
        "twilio.account-sid, TWILIO_ACCOUNT_SID",
        "twilio.auth-token, TWILIO_AUTH_TOKEN",
        "twilio.from, TWILIO_FROM"
    })
    void whatIsMissingIsNamed(String key, String setting) {
        assertThatThrownBy(() -> send(Map.of(key, "")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(setting);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://secret.example", "//secret.example", "secret", "http:///secret", "http://secret example"})
    void anAddressThatCanNotBeUsedIsNamedButNotQuoted(String url) {
        assertThatThrownBy(() -> send(Map.of("twilio.base-url", url)))
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause()
                .hasMessageContaining("TWILIO_BASE_URL")
                .hasMessageNotContaining("secret");
    }
}
