package io.kriya.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Derives keys from the server's secrets: the current one first, then the previous one, if any. */
@ApplicationScoped
public class ServerKeys {

    private final List<String> secrets;

    ServerKeys(ServerKeyConfig config) {
        secrets = Stream.concat(
                        Stream.of(config.secretKey().orElseGet(() -> RandomText.of(32))),
                        config.secretKeyPrevious().stream())
                .toList();
    }

    /** Maps each secret, in this order; there is at least one. */
    public <T> List<T> each(Function<String, T> maker) {
        return secrets.stream().map(maker).toList();
    }

    /** Derives the key for one purpose from each secret, in this order. */
    public List<DerivedKey> derive(String purpose) {
        return each(secret -> DerivedKey.of(secret, purpose));
    }
}
