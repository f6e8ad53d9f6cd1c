package io.kriya.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The server's own secrets, from which every key is derived: the current one first, then the one before it, if any. */
@ApplicationScoped
public class ServerKeys {

    private final List<String> secrets;

    ServerKeys(ServerKeyConfig config) {
        secrets = Stream.concat(
                        Stream.of(config.secretKey().orElseGet(() -> RandomText.of(32))),
                        config.secretKeyPrevious().stream())
                .toList();
    }

    /** What is made of each secret, in the same order; at least one. */
    public <T> List<T> each(Function<String, T> maker) {
        return secrets.stream().map(maker).toList();
    }

    /** The key for one purpose, of each secret, in the same order. */
    public List<DerivedKey> derive(String purpose) {
        return each(secret -> DerivedKey.of(secret, purpose));
    }
}
