package io.kriya.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash under which secrets are stored and compared. */
public final class Sha256 {

    private Sha256() {}

    /** The 32 bytes. */
    public static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
