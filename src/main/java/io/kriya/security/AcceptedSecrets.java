package io.kriya.security;

import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** Configured secrets of which any is accepted, such as the current and the previous one. They are kept as SHA-256. */
public final class AcceptedSecrets {

    private final List<byte[]> digests;

    /** @param secrets in the encoding in which they are presented */
    public AcceptedSecrets(Stream<byte[]> secrets) {
        digests = secrets.map(Sha256::of).toList();
    }

    /** Takes constant time: digests have one length, and each secret is compared. */
    public boolean contain(byte[] presented) {
        byte[] digest = Sha256.of(presented);
        boolean isAccepted = false;
        for (byte[] accepted : digests) {
            isAccepted |= MessageDigest.isEqual(accepted, digest);
        }
        return isAccepted;
    }
}
