package io.kriya.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Calls by Twilio, and reads the code out three times.
 *
 * @see <a href="https://www.twilio.com/docs/voice/api/call-resource">Calls resource</a>
 */
final class VoiceSender implements SmsSender {

    private final GatewayClient client;
    private final URI address;
    private final String authorization;
    private final String from;
    private final Optional<TwilioReceipts> receipts;

    VoiceSender(SmsConfig.Twilio config, GatewayClient client, Optional<TwilioReceipts> receipts) {
        this.client = client;
        this.receipts = receipts;
        String sid = Required.text("TWILIO_ACCOUNT_SID", config.accountSid());
        String token = Required.text("TWILIO_AUTH_TOKEN", config.authToken());
        address = TwilioSender.address(config, sid, "Calls");
        authorization = "Basic " + Base64.getEncoder().encodeToString((sid + ":" + token).getBytes(UTF_8));
        from = Required.text("TWILIO_VOICE_FROM", config.callsFrom());
    }

    @Override
    public String name() {
        return "voice";
    }

    @Override
    public SmsResult send(SmsMessage message) {
        String form = TwilioSender.field("To", message.to().value())
                + "&" + TwilioSender.field("From", from)
                + "&" + TwilioSender.field("Twiml", twiml(message.content()))
                + receipts.map(taken -> "&" + TwilioSender.field("StatusCallback", taken.url(message.reference())))
                        .orElse("");
        var request = HttpRequest.newBuilder(address)
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(form))
                .build();
        return client.post(name(), request, TwilioSender::read);
    }

    private static String twiml(SmsContent content) {
        String digits = String.join(", ", content.code().split(""));
        String spoken = content.sentence()
                .replace("{code}", digits)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
        return "<Response><Pause length=\"1\"/><Say voice=\"Google." + voice(content.language())
                + "-Standard-A\" loop=\"3\">" + spoken + "</Say></Response>";
    }

    /** The accent; each language of Kriya has one. */
    private static String voice(Locale language) {
        return switch (language.getLanguage()) {
            case "ar" -> "ar-XA";
            case "de" -> "de-DE";
            case "es" -> "es-ES";
            case "fr" -> "fr-FR";
            case "hi" -> "hi-IN";
            case "id" -> "id-ID";
            case "ja" -> "ja-JP";
            case "pt" -> "pt-BR";
            case "ru" -> "ru-RU";
            case "zh" -> "cmn-CN";
            default -> "en-US";
        };
    }
}
