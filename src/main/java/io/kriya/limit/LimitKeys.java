package io.kriya.limit;

import io.kriya.security.DerivedKey;
import io.kriya.security.ServerKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The keys of limits as they are stored: an HMAC, so that the tables reveal no number and no address. A new {@code
 * SECRET_KEY} starts all limits anew.
 */
@ApplicationScoped
class LimitKeys {

    private final DerivedKey key;

    LimitKeys(ServerKeys keys) {
        key = keys.derive("kriya limit key").getFirst();
    }

    /**
     * The stored key.
     *
     * @param name the name of the limit, which is stored as it is
     * @param limited what is limited, such as a phone number or an address
     */
    String of(String name, String limited) {
        byte[] mac = key.mac((name + " " + limited).getBytes(StandardCharsets.UTF_8));
        return name + " " + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }
}
