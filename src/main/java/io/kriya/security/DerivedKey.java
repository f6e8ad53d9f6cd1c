package io.kriya.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key for one purpose, derived from the server's own (HKDF with SHA-256, RFC 5869), for HMAC-SHA256. */
public final class DerivedKey {

    private static final String HMAC = "HmacSHA256";

    private final byte[] bytes;

    private DerivedKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** One block of HKDF's output: its 32 bytes are all that is needed. */
    public static DerivedKey of(String secret, String purpose) {
        // Without a salt the RFC has as many zeros as the hash is long.
        byte[] extracted = hmac(new byte[32], secret.getBytes(StandardCharsets.UTF_8));
        return new DerivedKey(hmac(extracted, purpose.getBytes(StandardCharsets.UTF_8), new byte[] {1}));
    }

    /** The HMAC of these parts, one after the other. */
    public byte[] mac(byte[]... parts) {
        return hmac(bytes, parts);
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
