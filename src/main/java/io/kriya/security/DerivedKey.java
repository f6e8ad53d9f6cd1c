package io.kriya.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key for one purpose, derived from a secret by HKDF with SHA-256 (RFC 5869). */
public final class DerivedKey {

    private static final String HMAC = "HmacSHA256";

    private final byte[] bytes;

    private DerivedKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Derives the first block of HKDF's output, 32 bytes. */
    public static DerivedKey of(String secret, String purpose) {
        // Without a salt HKDF uses as many zero bytes as the hash has.
        byte[] extracted = hmac(new byte[32], secret.getBytes(StandardCharsets.UTF_8));
        return new DerivedKey(hmac(extracted, purpose.getBytes(StandardCharsets.UTF_8), new byte[] {1}));
    }

    /** The HMAC-SHA256 of the concatenated parts. */
    public byte[] mac(byte[]... parts) {
        return hmac(bytes, parts);
    }

    /** The HMAC-SHA256 of texts, each after its length, so that no other texts give the same input; null is a text. */
    public byte[] macOfTexts(String... texts) {
        var parts = new byte[2 * texts.length][];
        int i = 0;
        for (String text : texts) {
            byte[] part = Objects.requireNonNullElse(text, "\0").getBytes(StandardCharsets.UTF_8);
            parts[i++] = ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array();
            parts[i++] = part;
        }
        return mac(parts);
    }

    /** The key itself, 32 bytes. */
    public byte[] bytes() {
        return bytes;
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
