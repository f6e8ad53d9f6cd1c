package io.kriya.challenge;

import io.kriya.security.RandomText;
import io.kriya.security.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The secret of a challenge, 192 bits that only the client that requested it has. Without it a one-time code is
 * worthless.
 */
public final class ChallengeSecret extends Secret {

    /** The form of a challenge secret, base64url. */
    public static final String PATTERN = "[A-Za-z0-9_-]{32}";

    private static final int BYTES = 24;
    private static final Pattern FORM = Pattern.compile(PATTERN);

    private ChallengeSecret(String text) {
        super("verification ", text);
    }

    public static ChallengeSecret random() {
        return new ChallengeSecret(RandomText.of(BYTES));
    }

    /** Encodes the first 24 of these bytes, which have to be unpredictable. */
    public static ChallengeSecret of(byte[] secret) {
        return new ChallengeSecret(
                Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(secret, BYTES)));
    }

    /** Parses a presented secret; empty if it does not have the form of one. */
    public static Optional<ChallengeSecret> parse(String presented) {
        return parse(presented, FORM, ChallengeSecret::new);
    }

    byte[] bytes() {
        return reveal().getBytes(StandardCharsets.US_ASCII);
    }
}
