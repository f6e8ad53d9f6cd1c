package io.kriya.token;

import io.kriya.security.Secret;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** A login token, {@code kriya_<uuid>}. */
public final class TokenSecret extends Secret {

    /** The form of a token. */
    public static final String PATTERN = "kriya_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private static final String PREFIX = "kriya_";
    private static final Pattern FORM = Pattern.compile(PATTERN);

    private TokenSecret(String text) {
        super(PREFIX, text);
    }

    /** A new token with 122 bits from the system's secure random source (a version 4 UUID, RFC 9562). */
    public static TokenSecret random() {
        return new TokenSecret(PREFIX + UUID.randomUUID());
    }

    /** Parses a presented token; empty if it does not have the form of one. */
    public static Optional<TokenSecret> parse(String presented) {
        return parse(presented, FORM, TokenSecret::new);
    }
}
