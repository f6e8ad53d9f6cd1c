package io.kriya.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Checks signatures as a receiver does, by the words of the specification: HMAC (RFC 2104) is made of digests here. */
final class StandardWebhook {

    private static final int BLOCK = 64;

    private StandardWebhook() {}

    static boolean isSigned(FakeGateway.Received request, String secret) {
        var headers = request.headers();
        String signed = headers.get("webhook-id") + "." + headers.get("webhook-timestamp") + "." + request.body();
        return signature(secret, signed).equals(headers.get("webhook-signature"));
    }

    static String signature(String secret, String signed) {
        byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
        byte[] inner = digest(padded(key, 0x36), signed.getBytes(UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(digest(padded(key, 0x5c), inner));
    }

    private static byte[] padded(byte[] key, int pad) {
        byte[] block = Arrays.copyOf(key, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= (byte) pad;
        }
        return block;
    }

    private static byte[] digest(byte[] first, byte[] second) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(first);
            return sha256.digest(second);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
