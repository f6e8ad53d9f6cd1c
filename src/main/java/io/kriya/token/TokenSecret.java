package io.kriya.token;

import io.kriya.token.cache.TokenHash;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The text of a token, {@code kriya_<uuid>}: whoever holds it is the person it was issued to. It is never stored and never
 * logged; what is stored is its {@link #hash()}.
 */
public final class TokenSecret {

    /** The form of a token. */
    public static final String PATTERN = "kriya_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    private final String text;

    private TokenSecret(String text) {
        this.text = text;
    }

    /** A new one, of 122 bits from the system's secure random source (a version 4 UUID, RFC 9562). */
    public static TokenSecret random() {
        return new TokenSecret("kriya_" + UUID.randomUUID());
    }

    /** Reads a token that somebody shows; empty where the text can't be one. */
    public static Optional<TokenSecret> parse(String shown) {
        return FORM.matcher(shown).matches() ? Optional.of(new TokenSecret(shown)) : Optional.empty();
    }

    /** The text itself, to hand to the person. */
    public String reveal() {
        return text;
    }

    /** What is stored of it. */
    TokenHash hash() {
        return TokenHash.of(text);
    }

    /** Says nothing of the text. */
    @Override
    public String toString() {
        return "kriya_…";
    }
}
