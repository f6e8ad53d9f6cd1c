package io.kriya.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.sms.SmsResult.Reason;
import io.kriya.sms.SmsResult.Sent;
import io.kriya.sms.SmsResult.Unknown;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends messages through Twilio.
 *
 * @see <a href="https://www.twilio.com/docs/messaging/api/message-resource">Messages resource</a>
 */
final class TwilioSender implements SmsSender {

    private final GatewayClient client;
    private final URI address;
    private final String authorization;
    private final Optional<String> messagingService;
    private final Optional<String> from;
    private final Optional<TwilioReceipts> receipts;

    TwilioSender(SmsConfig.Twilio config, GatewayClient client, Optional<TwilioReceipts> receipts) {
        this.client = client;
        this.receipts = receipts;
        String sid = Required.text("TWILIO_ACCOUNT_SID", config.accountSid());
        String token = Required.text("TWILIO_AUTH_TOKEN", config.authToken());
        address = address(config, sid, "Messages");
        authorization = "Basic " + Base64.getEncoder().encodeToString((sid + ":" + token).getBytes(UTF_8));
        messagingService = config.messagingServiceSid();
        from = messagingService.isPresent()
                ? Optional.empty()
                : Optional.of(Required.text("TWILIO_FROM", config.from()));
    }

    /** The URL of a resource of an account. */
    static URI address(SmsConfig.Twilio config, String sid, String resource) {
        String base = config.baseUrl().replaceFirst("/+$", "");
        return Required.url(
                "TWILIO_BASE_URL", base + "/2010-04-01/Accounts/" + encoded(sid) + "/" + resource + ".json");
    }

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public SmsResult send(SmsMessage message) {
        String form = field("To", message.to().value()) + "&" + origin(message.content()) + "&"
                + field("Body", message.text())
                + receipts.map(taken -> "&" + field("StatusCallback", taken.url(message.reference())))
                        .orElse("");
        var request = HttpRequest.newBuilder(address)
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(form))
                .build();
        return client.post(name(), request, TwilioSender::read);
    }

    /** A messaging service picks the sender, unless the text has one of its own. */
    private String origin(SmsContent content) {
        return Stream.concat(
                        messagingService.map(service -> field("MessagingServiceSid", service)).stream(),
                        content.sender().or(() -> from).map(sender -> field("From", sender)).stream())
                .collect(Collectors.joining("&"));
    }

    static SmsResult read(GatewayResponse response) {
        if (response.isSuccess()) {
            return readCreated(response);
        }
        int code = response.errorCode("code");
        return response.isRejection() ? failure(response, code) : new Unknown(code);
    }

    /** A created message is queued, or has failed already. */
    private static SmsResult readCreated(GatewayResponse response) {
        if (response.text("sid").isEmpty()) {
            return new Unknown();
        }
        return switch (response.text("status")) {
            case "failed", "canceled" -> failure(response, response.errorCode("error_code"));
            default -> new Sent();
        };
    }

    /** The error codes are listed at https://www.twilio.com/docs/api/errors. */
    private static SmsResult failure(GatewayResponse response, int code) {
        return response.notSent(response.isRateLimited() ? Reason.RATE_LIMITED : reason(code), code);
    }

    private static Reason reason(int code) {
        return switch (code) {
            // In this order: no number, unreachable, invalid, short code, the sender's own, premium, opted out, not
            // mobile, landline; unknown to the carrier, landline. (Not 21612, no route from this sender: another
            // provider may have one.)
            case 21211, 21214, 21217, 21265, 21266, 21268, 21610, 21614, 21635, 30005, 30006 ->
                Reason.INVALID_PHONE_NUMBER;
            // Rate of the sender, too many concurrent requests, queue full (rejected or failed), rate of the campaign,
            // congestion of the carrier, daily limit.
            case 14107, 20429, 21611, 30001, 30022, 30017, 63038 -> Reason.RATE_LIMITED;
            // Such as 20003, wrong credentials; 21408, a country that is not enabled; 21606, no sender of the account;
            // 30450, blocked as fraud.
            default -> Reason.REJECTED;
        };
    }

    static String field(String name, String value) {
        return name + "=" + encoded(value);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8);
    }
}
