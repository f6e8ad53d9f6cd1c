package io.kriya.challenge;

import java.util.Locale;
import java.util.Optional;

/**
 * Who asks, as far as it matters here.
 *
 * @param address what messages are counted under
 * @param language of the message
 * @param idempotencyKey the same for the same request sent twice, if the client says so
 */
public record Caller(String address, Locale language, Optional<String> idempotencyKey) {

    /** The same, whose request has this key. */
    public Caller withKey(String key) {
        return new Caller(address, language, Optional.of(key));
    }
}
