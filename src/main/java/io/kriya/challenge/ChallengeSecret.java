package io.kriya.challenge;

import io.kriya.security.RandomText;
import io.kriya.security.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The secret of a verification, 192 bits that only the client that asked for it holds: without it the code that was sent is worth
 * nothing. It is never stored and never logged; what is stored is its {@link #hash()}.
 */
public final class ChallengeSecret {

    /** The form of one, base64url. */
    public static final String PATTERN = "[A-Za-z0-9_-]{32}";

    private static final int BYTES = 24;
    private static final Pattern FORM = Pattern.compile(PATTERN);

    private final String text;

    private ChallengeSecret(String text) {
        this.text = text;
    }

    public static ChallengeSecret random() {
        return new ChallengeSecret(RandomText.of(BYTES));
    }

    /** Of the first 24 of these bytes, which nobody can guess. */
    public static ChallengeSecret of(byte[] secret) {
        return new ChallengeSecret(
                Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(secret, BYTES)));
    }

    /** Reads one that a client shows; empty where the text can't be one. */
    public static Optional<ChallengeSecret> parse(String shown) {
        return FORM.matcher(shown).matches() ? Optional.of(new ChallengeSecret(shown)) : Optional.empty();
    }

    /** The text itself, to hand to the client. */
    public String reveal() {
        return text;
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What is stored of it, its SHA-256. */
    byte[] hash() {
        return Sha256.of(bytes());
    }

    /** Says nothing of the text. */
    @Override
    public String toString() {
        return "verification …";
    }
}
