package io.kriya.apikey;

import io.kriya.setting.Format;
import io.kriya.setting.ProductionCheck;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.stream.Stream;

/** What the Plane backend authenticates itself by. */
@ConfigMapping(prefix = "kriya.plane")
public interface ApiKeyConfig extends ProductionCheck {

    /** White space around it and control characters never arrive in an HTTP header (RFC 9110, 5.5). */
    String KEY = "(?=\\S)\\P{Cntrl}{16,}(?<=\\S)";

    /** What a key has to be. */
    String TAKES = "a secret of at least 16 characters, without blanks or line ends around it";

    /** The secret that Plane sends as {@code X-API-Key}. */
    @Format(regexp = KEY, message = TAKES)
    Optional<String> apiKey();

    /** A second key that is accepted too, while Plane is moved from it to the new one. */
    @Format(regexp = KEY, message = TAKES + ", or nothing")
    Optional<String> apiKeyPrevious();

    default Stream<String> keys() {
        return Stream.of(apiKey(), apiKeyPrevious()).flatMap(Optional::stream).filter(key -> !key.isBlank());
    }

    @Override
    default Stream<String> problems() {
        return Stream.ofNullable(
                ProductionCheck.unless(apiKey().isPresent(), "PLANE_API_KEY is required; it takes " + TAKES + "."));
    }

    @Override
    default Stream<String> warnings() {
        return Stream.ofNullable(ProductionCheck.unless(
                keys().noneMatch("shared-secret-key-for-plane-kriya-communication"::equals),
                "PLANE_API_KEY is the sample of the documentation, which everybody knows: choose one of your own"));
    }
}
