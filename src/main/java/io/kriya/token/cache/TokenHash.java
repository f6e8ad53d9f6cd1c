package io.kriya.token.cache;

import io.kriya.security.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What is stored of a token: the SHA-256 of its text. It needs no salt, as 122 random bits can't be guessed. */
public final class TokenHash {

    private final byte[] bytes;

    private TokenHash(byte[] bytes) {
        this.bytes = bytes;
    }

    public static TokenHash of(String text) {
        return new TokenHash(Sha256.of(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** As it is stored. */
    public static TokenHash stored(byte[] bytes) {
        return new TokenHash(bytes);
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenHash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
