package io.kriya.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kriya.sms.FakeGateway.Behaviour;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoiceSenderTest extends GatewayTests {

    @Override
    SmsSender sender(SmsConfig config, GatewayClient client) {
        return new VoiceSender(config.twilio(), client, Optional.empty());
    }

    @Override
    String urlKey() {
        return "twilio.base-url";
    }

    @Override
    String expectedText() {
        return "271828";
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
    void aCallReadsTheDigitsOneByOne() {
        send();
        assertThat(gateway.last().path()).isEqualTo("/2010-04-01/Accounts/" + FakeGateway.ACCOUNT_SID + "/Calls.json");
        assertThat(gateway.last().fields())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "To",
                        NUMBER,
                        "From",
                        FakeGateway.FROM,
                        "Twiml",
                        "<Response><Pause length=\"1\"/><Say voice=\"Google.en-US-Standard-A\" loop=\"3\">"
                                + "Your &lt;Kriya &amp; Co&gt; code: 2, 7, 1, 8, 2, 8</Say></Response>"));
    }

    @ParameterizedTest
    @CsvSource({
        "ar, ar-XA",
        "de, de-DE",
        "en, en-US",
        "es, es-ES",
        "fr, fr-FR",
        "hi, hi-IN",
        "id, id-ID",
        "ja, ja-JP",
        "pt, pt-BR",
        "ru, ru-RU",
        "zh, cmn-CN"
    })
    void aCallSpeaksTheLanguageOfTheUser(String language, String voice) {
        var content = new SmsContent(
                "271828", Locale.forLanguageTag(language), TEXT, "{code}", Optional.empty(), Optional.empty());
        sender(Map.of()).send(new SmsMessage(MESSAGE.to(), content, MESSAGE.reference()));
        assertThat(gateway.last().fields().get("Twiml")).contains("voice=\"Google." + voice + "-Standard-A\"");
    }

    @Test
    void aCallMayComeFromANumberOfItsOwnAndNeverFromAName() {
        send(Map.of("twilio.voice-from", "+15005550007", "twilio.from", "Kriya"));
        assertThat(gateway.last().fields()).containsEntry("From", "+15005550007");
        assertThatThrownBy(() -> send(Map.of("twilio.from", "Kriya")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("TWILIO_VOICE_FROM");
    }
}
