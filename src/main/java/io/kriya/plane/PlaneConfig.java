package io.kriya.plane;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.stream.Stream;

/** What the Plane backend shows to be let in. */
@ConfigMapping(prefix = "kriya.plane")
public interface PlaneConfig {

    /** The secret that Plane sends as {@code X-API-Key}; at least 16 characters. Without it no call is let in. */
    Optional<String> apiKey();

    /** A second key that is accepted too, while Plane is moved from it to the new one. */
    Optional<String> apiKeyPrevious();

    default Stream<String> keys() {
        return Stream.of(apiKey(), apiKeyPrevious()).flatMap(Optional::stream).filter(key -> !key.isBlank());
    }
}
