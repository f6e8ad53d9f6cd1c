package io.kriya.security;

import java.security.SecureRandom;
import java.util.Base64;

/** Random text for secrets and nonces. */
public final class RandomText {

    private RandomText() {}

    /** Encodes this number of random bytes in base64url. */
    public static String of(int bytes) {
        byte[] random = new byte[bytes];
        // Created for each call: an instance in a static field would be seeded when the native binary is built.
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
