package io.kriya.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that webhook requests are signed with.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 */
@RegisterForReflection
public final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Parses {@code whsec_} and 24 to 64 bytes in base64.
     *
     * @throws IllegalArgumentException for anything else; it does not quote the text
     */
    public static WebhookSecret parse(String text) {
        byte[] key = text.startsWith(PREFIX) ? decoded(text.substring(PREFIX.length())) : new byte[0];
        if (key.length < 24 || key.length > 64) {
            throw new IllegalArgumentException("not a webhook secret");
        }
        return new WebhookSecret(key);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    /** The value of {@code webhook-signature}. */
    String sign(String id, String timestamp, String body) {
        return sign(id, timestamp, body.getBytes(UTF_8));
    }

    private String sign(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Compares a signature in constant time. */
    boolean isSigned(String id, String timestamp, byte[] body, String signature) {
        return MessageDigest.isEqual(sign(id, timestamp, body).getBytes(UTF_8), signature.getBytes(UTF_8));
    }

    /** Redacted. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
