package io.kriya.oauth;

import io.kriya.security.RandomText;
import io.kriya.security.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An authorization code or an access token: its kind, then 256 random bits in base64url. It is never stored and never logged; what
 * is stored is its {@link #hash()}, which needs no salt.
 */
public final class GrantSecret {

    /** What it is good for; one kind is never taken for another, nor for a login token. */
    public enum Kind {
        CODE("kriya_ac_"),
        ACCESS_TOKEN("kriya_at_");

        private final String prefix;
        private final Pattern form;

        Kind(String prefix) {
            this.prefix = prefix;
            form = Pattern.compile(prefix + "[A-Za-z0-9_-]{43}");
        }
    }

    private static final int BYTES = 32;

    private final String text;

    private GrantSecret(String text) {
        this.text = text;
    }

    /** A new one. */
    public static GrantSecret random(Kind kind) {
        return new GrantSecret(kind.prefix + RandomText.of(BYTES));
    }

    /** Reads one that somebody shows; empty where the text can't be one of this kind. */
    public static Optional<GrantSecret> parse(Kind kind, String shown) {
        return kind.form.matcher(shown).matches() ? Optional.of(new GrantSecret(shown)) : Optional.empty();
    }

    /** The text itself, to hand to whom it is for. */
    public String reveal() {
        return text;
    }

    /** What is stored of it. */
    byte[] hash() {
        return Sha256.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Says nothing of the text. */
    @Override
    public String toString() {
        return "kriya_…";
    }
}
