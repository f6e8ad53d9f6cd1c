package io.kriya.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kriya.sms.FakeGateway.Behaviour;
import io.kriya.sms.SmsResult.Reason;
import io.kriya.sms.SmsResult.Sent;
import io.kriya.sms.SmsResult.Unknown;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppSenderTest extends GatewayTests {

    @Override
    SmsSender sender(SmsConfig config, GatewayClient client) {
        return new WhatsAppSender(config.whatsapp(), client);
    }

    @Override
    String urlKey() {
        return "whatsapp.base-url";
    }

    @Override
    String expectedText() {
        return "\"text\":\"271828\"";
    }

    /** It may still get a text message. */
    @Override
    Reason expected(Reason reason) {
        return reason == Reason.INVALID_PHONE_NUMBER ? Reason.REJECTED : reason;
    }

    @Override
    int errorCode(Behaviour behaviour) {
        return switch (behaviour) {
            case INVALID_PHONE_NUMBER -> 131026;
            case REJECTED -> 132001;
            case FAULT -> 131000;
            default -> SmsResult.NO_CODE;
        };
    }

    @Test
    void theCodeIsInTheBodyAndInTheButtonOfTheTemplate() {
        assertThat(send()).isEqualTo(new Sent());
        assertThat(gateway.last().path()).isEqualTo("/v23.0/" + FakeGateway.WHATSAPP_NUMBER_ID + "/messages");
        assertThat(gateway.last().body())
                .isEqualTo(
                        "{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\",\"to\":\"12025550123\","
                                + "\"type\":\"template\",\"template\":{\"name\":\"kriya_code\",\"language\":{\"code\":\"en\"},"
                                + "\"components\":[{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"271828\"}]},"
                                + "{\"type\":\"button\",\"sub_type\":\"url\",\"index\":\"0\","
                                + "\"parameters\":[{\"type\":\"text\",\"text\":\"271828\"}]}]}}");
    }

    @ParameterizedTest
    @CsvSource({"en, en_US", "pt, pt_BR", "es, es", "ja, en_US"})
    void theTemplateIsInTheLanguageOfTheUserOrInItsFirst(String language, String expected) {
        var content = new SmsContent(
                "271828", Locale.forLanguageTag(language), TEXT, TEXT, Optional.empty(), Optional.empty());
        sender(Map.of("whatsapp.languages", "en_US,pt_BR,es"))
                .send(new SmsMessage(MESSAGE.to(), content, MESSAGE.reference()));
        assertThat(gateway.last().body()).contains("\"language\":{\"code\":\"" + expected + "\"}");
    }

    @Test
    void aWrongTokenIsARejection() {
        assertThat(send(Map.of("whatsapp.access-token", "another"))).isEqualTo(notSent(Reason.REJECTED, 190));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 80007, 130429, 131048, 131056})
    void tooMuchAtOnceIsALimit(int code) {
        gateway.respondWith(400, "Retry-After: 3", "{\"error\": {\"code\": " + code + "}}");
        assertThat(send()).isEqualTo(rateLimited(Duration.ofSeconds(3), code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"messages\": []}", "{\"messages\": [{\"id\": \"\"}]}"})
    void aSuccessThatCanNotBeReadIsUnknown(String body) {
        gateway.respondWith(200, "", body);
        assertThat(send()).isEqualTo(new Unknown());
    }

    @ParameterizedTest
    @CsvSource({
        "whatsapp.phone-number-id, WHATSAPP_PHONE_NUMBER_ID",
        "whatsapp.access-token, WHATSAPP_ACCESS_TOKEN",
        "whatsapp.template, WHATSAPP_TEMPLATE"
    })
    void whatIsMissingIsNamed(String key, String setting) {
        assertThatThrownBy(() -> send(Map.of(key, "")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(setting);
    }
}
