package io.kriya.challenge;

import java.util.Locale;
import java.util.Optional;

/**
 * The client of a request.
 *
 * @param address the key that rate limits count it under
 * @param language of the message
 * @param idempotencyKey the value of {@code Idempotency-Key}, if any: a request that is sent twice has the same
 */
public record Caller(String address, Locale language, Optional<String> idempotencyKey) {

    public Caller withIdempotencyKey(String key) {
        return new Caller(address, language, Optional.of(key));
    }
}
