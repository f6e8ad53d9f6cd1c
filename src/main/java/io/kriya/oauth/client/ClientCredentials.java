package io.kriya.oauth.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.security.Sha256;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The id of a client and its secrets, compared in constant time, by hash. */
final class ClientCredentials {

    private final byte[] id;
    private final List<byte[]> secrets;

    /**
     * @param secret the current one
     * @param previous is accepted too
     */
    ClientCredentials(String id, String secret, Optional<String> previous) {
        this.id = hash(id);
        secrets = Stream.concat(Stream.of(secret), previous.stream())
                .map(ClientCredentials::hash)
                .toList();
    }

    boolean hasId(String presented) {
        return MessageDigest.isEqual(id, hash(presented));
    }

    /** Compares with all, so that the time does not depend on which is right. */
    boolean match(String presentedId, String presentedSecret) {
        byte[] hash = hash(presentedSecret);
        boolean hasSecret = false;
        for (byte[] known : secrets) {
            hasSecret |= MessageDigest.isEqual(known, hash);
        }
        return hasId(presentedId) & hasSecret;
    }

    private static byte[] hash(String text) {
        return Sha256.of(text.getBytes(UTF_8));
    }
}
