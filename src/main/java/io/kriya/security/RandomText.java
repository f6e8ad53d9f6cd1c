package io.kriya.security;

import java.security.SecureRandom;
import java.util.Base64;

/** Text that nobody guesses. */
public final class RandomText {

    private RandomText() {}

    /** So many random bytes, in base64url. */
    public static String of(int bytes) {
        byte[] random = new byte[bytes];
        // Made anew: a native binary must not be built with one in it.
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
