package io.kriya.token;

import io.kriya.security.RandomUuid;
import io.kriya.security.Secret;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** A login token, {@code kriya_<uuid>}. */
public final class TokenSecret extends Secret {

    /** The form of a token. */
    public static final String PATTERN = "kriya_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private static final String PREFIX = "kriya_";
    private static final int LENGTH = PREFIX.length() + 36;

    private TokenSecret(String text) {
        super(PREFIX, text);
    }

    /** A new token with 122 bits from the system's secure random source (a version 4 UUID, RFC 9562). */
    public static TokenSecret random() {
        return new TokenSecret(PREFIX + UUID.randomUUID());
    }

    /** The token of the first 16 of these bytes, which have to be unpredictable; it has 122 of their bits. */
    public static TokenSecret of(byte[] secret) {
        ByteBuffer bytes = ByteBuffer.wrap(secret);
        return new TokenSecret(PREFIX + RandomUuid.of(bytes.getLong(), bytes.getLong()));
    }

    /** Parses a presented token; empty if it does not have the form of one. */
    public static Optional<TokenSecret> parse(String presented) {
        return hasForm(presented) ? Optional.of(new TokenSecret(presented)) : Optional.empty();
    }

    /** Whether a text matches {@link #PATTERN}. By hand: each validation asks. */
    private static boolean hasForm(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return false;
        }
        for (int i = PREFIX.length(); i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean fits =
                    switch (i - PREFIX.length()) {
                        case 8, 13, 18, 23 -> c == '-';
                        default -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
