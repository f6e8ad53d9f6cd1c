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

    /** Which e-mail addresses Plane is told. */
    enum Email {
        /** What is proven to be the person's, or else whatever they gave. */
        ANY,
        /** Only what is proven to be the person's: what whoever runs Kriya has put into the database. */
        VERIFIED
    }

    /**
     * Which e-mail addresses Plane is told, {@code any} or {@code verified}: it lets people in by them alone. Unset, it is verified
     * where phones are.
     */
    Optional<Email> email();

    default Stream<String> keys() {
        return Stream.of(apiKey(), apiKeyPrevious()).flatMap(Optional::stream).filter(key -> !key.isBlank());
    }
}
