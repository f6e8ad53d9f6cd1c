package io.kriya.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** The SHA-256 of a {@link Secret}, which is what is stored. It needs no salt: a secret has 122 random bits or more. */
public final class SecretHash {

    private final byte[] bytes;

    private SecretHash(byte[] bytes) {
        this.bytes = bytes;
    }

    static SecretHash of(String text) {
        return new SecretHash(Sha256.of(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** A hash read from the database. */
    public static SecretHash stored(byte[] bytes) {
        return new SecretHash(bytes);
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretHash hash && MessageDigest.isEqual(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
