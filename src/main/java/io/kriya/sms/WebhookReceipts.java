package io.kriya.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Delivery receipts of the operator's webhook, JSON that is signed like the requests to it.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 */
@ApplicationScoped
public class WebhookReceipts {

    /** The path that they are posted to. */
    public static final String PATH = "/api/sms/receipts/webhook";

    /** How far the timestamp of a signature may be from now. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final Optional<WebhookSecret> secret;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    WebhookReceipts(SmsConfig config, Clock clock) {
        this.clock = clock;
        secret = config.webhook().secret().map(WebhookSecret::parse);
    }

    /** Whether a request is signed, now; each of the headers {@code webhook-*} may be null. */
    public boolean isSigned(String id, String timestamp, String signatures, byte[] body) {
        return secret.isPresent()
                && id != null
                && signatures != null
                && isNow(timestamp)
                && Stream.of(signatures.split(" "))
                        .anyMatch(signature -> secret.get().isSigned(id, timestamp, body, signature));
    }

    private boolean isNow(String timestamp) {
        return timestamp != null
                && timestamp.matches("[0-9]{1,12}")
                && Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp)) <= TOLERANCE.toSeconds();
    }

    /** Reads a receipt; empty if it is malformed. */
    public Optional<DeliveryReceipt> read(byte[] body) {
        try {
            JsonNode fields = json.readTree(body);
            String status = fields.path("status").asText();
            int errorCode = GatewayResponse.codeOf(fields.path("error_code").asText());
            return TwilioReceipts.uuid(fields.path("reference").asText())
                    .filter(_ -> status.equals("delivered") || status.equals("undelivered"))
                    .map(reference -> new DeliveryReceipt(reference, "webhook", status.equals("delivered"), errorCode));
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }
}
