package io.kriya.challenge;

import io.kriya.account.TestNumbers;
import io.kriya.security.DerivedKey;
import io.kriya.security.ServerKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Derives one-time codes instead of storing them. A code is an HMAC, under a key of the server, of the challenge's
 * secret and of its random id. So the same code can be sent again, and a reused secret gets a new code. Neither the
 * database nor the log of an SMS provider is enough to use a code.
 */
@ApplicationScoped
class OneTimeCodes {

    private final List<Key> keys;
    private final TestNumbers testNumbers;

    /** The keys that are derived from one secret key. The id identifies the key and reveals nothing about it. */
    private record Key(int id, DerivedKey code, DerivedKey idempotency) {

        public static Key of(String secret) {
            int id = ByteBuffer.wrap(DerivedKey.of(secret, "kriya key id").bytes())
                    .getInt();
            return new Key(id, DerivedKey.of(secret, "kriya sms code"), DerivedKey.of(secret, "kriya idempotency key"));
        }
    }

    OneTimeCodes(ServerKeys secrets, TestNumbers testNumbers) {
        this.testNumbers = testNumbers;
        keys = secrets.each(Key::of);
    }

    /** The id of the key that new codes are derived from. */
    int currentKey() {
        return keys.getFirst().id();
    }

    /** The code of a challenge; empty if its key is no longer configured. */
    Optional<OneTimeCode> of(ChallengeSecret secret, Challenge challenge) {
        return testNumbers.codeOf(challenge.phone()).flatMap(OneTimeCode::parse).or(() -> keys.stream()
                .filter(key -> key.id() == challenge.keyId)
                .findFirst()
                .map(key -> OneTimeCode.of(key.code().mac(secret.bytes(), bytes(challenge.id)))));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /**
     * The secret for a request with an idempotency key: the same for the same request, and known to its client alone.
     */
    ChallengeSecret secretOf(String idempotencyKey, String... request) {
        String[] texts =
                Stream.concat(Stream.of(idempotencyKey), Stream.of(request)).toArray(String[]::new);
        return ChallengeSecret.of(keys.getFirst().idempotency().macOfTexts(texts));
    }
}
