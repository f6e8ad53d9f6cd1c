package io.kriya.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.sms.SmsResult.NotSent;
import io.kriya.sms.SmsResult.Reason;
import io.kriya.sms.SmsResult.Sent;
import io.kriya.sms.SmsResult.Unknown;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;

/**
 * Sends by Twilio.
 *
 * @see <a href="https://www.twilio.com/docs/messaging/api/message-resource">Messages resource</a>
 */
final class TwilioSender implements SmsSender {

    private final GatewayClient client;
    private final URI address;
    private final String authorization;
    private final String origin;

    TwilioSender(SmsConfig.Twilio config, GatewayClient client) {
        this.client = client;
        String sid = Required.text("TWILIO_ACCOUNT_SID", config.accountSid());
        String token = Required.text("TWILIO_AUTH_TOKEN", config.authToken());
        String base = config.baseUrl().replaceFirst("/+$", "");
        address = Required.url("TWILIO_BASE_URL", base + "/2010-04-01/Accounts/" + encoded(sid) + "/Messages.json");
        authorization = "Basic " + Base64.getEncoder().encodeToString((sid + ":" + token).getBytes(UTF_8));
        origin = config.messagingServiceSid()
                .map(service -> field("MessagingServiceSid", service))
                .orElseGet(() -> field("From", Required.text("TWILIO_FROM", config.from())));
    }

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public SmsResult send(SmsMessage message) {
        String form = field("To", message.to().value()) + "&" + origin + "&" + field("Body", message.text());
        var request = HttpRequest.newBuilder(address)
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(form))
                .build();
        return client.post(name(), request, TwilioSender::read);
    }

    private static SmsResult read(GatewayAnswer answer) {
        if (answer.isSuccess()) {
            return readCreated(answer);
        }
        if (answer.isRefusal()) {
            return refused(answer, answer.number("code"));
        }
        return new Unknown();
    }

    /** What is made is queued, and sent a moment later; or it has failed at once, and never will be. */
    private static SmsResult readCreated(GatewayAnswer answer) {
        if (answer.text("sid").isEmpty()) {
            return new Unknown();
        }
        return switch (answer.text("status")) {
            case "failed", "canceled" -> refused(answer, answer.number("error_code"));
            default -> new Sent();
        };
    }

    /** See https://www.twilio.com/docs/api/errors for what the codes mean. */
    private static SmsResult refused(GatewayAnswer answer, int code) {
        if (answer.isTooMany()) {
            return answer.rateLimited();
        }
        return switch (code) {
            // In this order: no number, out of reach, not valid, a short code, the sender's own, premium, opted out,
            // no mobile, a landline. (21612, no way from this sender to there, another may have.)
            case 21211, 21214, 21217, 21265, 21266, 21268, 21610, 21614, 21635 ->
                new NotSent(Reason.INVALID_PHONE_NUMBER);
            // Too many requests at once, too long a queue (refused or failed), too many messages in a day.
            case 20429, 21611, 30001, 63038 -> answer.rateLimited();
            default -> new NotSent(Reason.REJECTED);
        };
    }

    private static String field(String name, String value) {
        return name + "=" + encoded(value);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8);
    }
}
