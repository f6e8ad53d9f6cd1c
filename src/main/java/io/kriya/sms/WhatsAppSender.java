package io.kriya.sms;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kriya.sms.SmsResult.Reason;
import io.kriya.sms.SmsResult.Sent;
import io.kriya.sms.SmsResult.Unknown;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/**
 * Sends codes over WhatsApp by Meta's Cloud API, in an authentication template: its text is Meta's, only the code is given.
 *
 * @see <a href="https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates/auth-otp-template-messages">Sending authentication templates</a>
 */
final class WhatsAppSender implements SmsSender {

    private final GatewayClient client;
    private final URI address;
    private final String authorization;
    private final String template;
    private final List<String> languages;

    WhatsAppSender(SmsConfig.WhatsApp config, GatewayClient client) {
        this.client = client;
        String number = Required.text("WHATSAPP_PHONE_NUMBER_ID", config.phoneNumberId());
        String base = config.baseUrl().replaceFirst("/+$", "");
        address = Required.url("WHATSAPP_BASE_URL", base + "/" + number + "/messages");
        authorization = "Bearer " + Required.text("WHATSAPP_ACCESS_TOKEN", config.accessToken());
        template = Required.text("WHATSAPP_TEMPLATE", config.template());
        languages = config.languages();
    }

    @Override
    public String name() {
        return "whatsapp";
    }

    @Override
    public SmsResult send(SmsMessage message) {
        var request = HttpRequest.newBuilder(address)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body(message)))
                .build();
        return client.post(name(), request, WhatsAppSender::read);
    }

    /** The code is in the body, and in the button that copies it. */
    private String body(SmsMessage message) {
        ObjectNode fields = JsonNodeFactory.instance
                .objectNode()
                .put("messaging_product", "whatsapp")
                .put("recipient_type", "individual")
                .put("to", message.to().value().substring(1))
                .put("type", "template");
        ObjectNode filled = fields.putObject("template").put("name", template);
        filled.putObject("language").put("code", language(message.content()));
        var components = filled.putArray("components");
        String code = message.content().code();
        addCode(components.addObject().put("type", "body"), code);
        addCode(
                components
                        .addObject()
                        .put("type", "button")
                        .put("sub_type", "url")
                        .put("index", "0"),
                code);
        return fields.toString();
    }

    private static void addCode(ObjectNode component, String code) {
        component.putArray("parameters").addObject().put("type", "text").put("text", code);
    }

    /** The language of the template for a user; the first for all that the template is not in. */
    private String language(SmsContent content) {
        String wanted = content.language().getLanguage();
        return languages.stream()
                .filter(code -> code.equals(wanted) || code.startsWith(wanted + "_"))
                .findFirst()
                .orElse(languages.getFirst());
    }

    private static SmsResult read(GatewayResponse response) {
        int code = response.nestedErrorCode();
        if (response.isRejection()) {
            return response.notSent(response.isRateLimited() ? Reason.RATE_LIMITED : reason(code), code);
        }
        return response.isSuccess() && response.hasMessageId() ? new Sent() : new Unknown(code);
    }

    /**
     * A number that is not on WhatsApp is not invalid, as it may get a text message. The codes are listed at
     * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes.
     */
    private static Reason reason(int code) {
        return switch (code) {
            // Limits of the app, of the account, of its throughput, for spam, of messages to one number.
            case 4, 80007, 130429, 131048, 131056 -> Reason.RATE_LIMITED;
            default -> Reason.REJECTED;
        };
    }
}
