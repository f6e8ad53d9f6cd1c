package io.kriya.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.http.Form;
import io.kriya.http.PublicUrl;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Twilio's delivery receipts: signed status callbacks to a URL that names the message.
 *
 * @see <a href="https://www.twilio.com/docs/usage/security#validating-requests">Validating requests</a>
 */
@ApplicationScoped
public class TwilioReceipts {

    /** The path that they are posted to, with the reference of the message in the query. */
    public static final String PATH = "/api/sms/receipts/twilio";

    private static final String ALGORITHM = "HmacSHA1";

    private final PublicUrl url;
    private final Optional<String> authToken;

    TwilioReceipts(SmsConfig config, PublicUrl url) {
        this.url = url;
        authToken = config.twilio().authToken();
    }

    /** The URL of the status callback of a message. */
    String url(String reference) {
        return url.of(PATH) + "?reference=" + reference;
    }

    /**
     * Whether a request is signed: an HMAC-SHA1 under the account's token, of the URL and the sorted fields.
     *
     * @param query of the request, as it came; may be null
     * @param signature the value of {@code X-Twilio-Signature}; may be null
     */
    public boolean isSigned(String query, Map<String, List<String>> fields, String signature) {
        if (signature == null || authToken.isEmpty()) {
            return false;
        }
        byte[] shown = signature.getBytes(UTF_8);
        return urls(url.of(PATH) + (query == null ? "" : "?" + query))
                .map(target -> signature(authToken.get(), target, fields).getBytes(UTF_8))
                .reduce(false, (found, own) -> found | MessageDigest.isEqual(own, shown), Boolean::logicalOr);
    }

    /** Twilio signs a URL with its port or without it. */
    private static Stream<String> urls(String target) {
        URI uri = URI.create(target);
        String start = uri.getScheme() + "://" + uri.getHost();
        String rest = target.substring((uri.getScheme() + "://" + uri.getRawAuthority()).length());
        int port = uri.getPort() < 0 ? uri.getScheme().equals("https") ? 443 : 80 : uri.getPort();
        return Stream.of(start + rest, start + ":" + port + rest);
    }

    static String signature(String authToken, String url, Map<String, List<String>> fields) {
        var signed = new StringBuilder(url);
        new TreeMap<>(fields).forEach((name, values) -> new TreeSet<>(values)
                .forEach(value -> signed.append(name).append(value)));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(authToken.getBytes(UTF_8), ALGORITHM));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reads a status callback; empty if it is not of a message of Kriya, or not the last of its message. */
    public Optional<DeliveryReceipt> read(String query, Form form) {
        Optional<String> call = form.get("CallStatus");
        String sender = call.isPresent() ? "voice" : "twilio";
        Optional<UUID> reference =
                Form.parse(query).flatMap(fields -> fields.get("reference")).flatMap(TwilioReceipts::uuid);
        return switch (call.or(() -> form.get("MessageStatus")).orElse("")) {
            case "delivered", "read", "completed" ->
                reference.map(id -> new DeliveryReceipt(id, sender, true, SmsResult.NO_CODE));
            case "undelivered", "failed", "canceled", "busy", "no-answer" ->
                reference.map(id -> new DeliveryReceipt(
                        id,
                        sender,
                        false,
                        GatewayResponse.codeOf(form.get("ErrorCode").orElse(""))));
            default -> Optional.empty();
        };
    }

    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
