package io.kriya.sms;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kriya.sms.SmsResult.Reason;
import io.kriya.sms.SmsResult.Sent;
import io.kriya.sms.SmsResult.Unknown;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;

/** Sends messages through the operator's webhook: a signed POST, whose response has a status. */
final class WebhookSender implements SmsSender {

    private final GatewayClient client;
    private final Clock clock;
    private final URI address;
    private final WebhookSecret secret;

    WebhookSender(SmsConfig.Webhook config, GatewayClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        address = Required.url("SMS_WEBHOOK_URL", Required.text("SMS_WEBHOOK_URL", config.url()));
        secret = secret(Required.text("SMS_WEBHOOK_SECRET", config.secret()));
    }

    private static WebhookSecret secret(String text) {
        try {
            return WebhookSecret.parse(text);
        } catch (IllegalArgumentException unusable) {
            throw new IllegalStateException("SMS_WEBHOOK_SECRET takes whsec_ and the base64 of 24 to 64 bytes.");
        }
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public SmsResult send(SmsMessage message) {
        ObjectNode fields = JsonNodeFactory.instance
                .objectNode()
                .put("to", message.to().value())
                .put("text", message.text())
                .put("reference", message.reference());
        message.content().sender().ifPresent(sender -> fields.put("sender", sender));
        message.content().templateId().ifPresent(template -> fields.put("template_id", template));
        String body = fields.toString();
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("webhook-id", message.reference())
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", secret.sign(message.reference(), timestamp, body))
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.post(name(), request, WebhookSender::read);
    }

    private static SmsResult read(GatewayResponse response) {
        int code = response.errorCode("error_code");
        if (response.isRateLimited()) {
            return response.notSent(Reason.RATE_LIMITED, code);
        }
        if (response.isRejection()) {
            return response.notSent(Reason.REJECTED, code);
        }
        return switch (response.isSuccess() ? response.text("status") : "") {
            case "ok" -> new Sent();
            case "invalid_phone_number" -> response.notSent(Reason.INVALID_PHONE_NUMBER, code);
            case "rate_limited" -> response.notSent(Reason.RATE_LIMITED, code);
            case "rejected" -> response.notSent(Reason.REJECTED, code);
            default -> new Unknown(code);
        };
    }
}
