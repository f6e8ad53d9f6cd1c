package io.kriya.plane;

import io.kriya.setting.Format;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Which e-mail addresses the Plane backend gets. */
@ConfigMapping(prefix = "kriya.plane")
public interface PlaneConfig {

    /**
     * Which e-mail addresses Plane gets from validate-token: {@code verified} ones only (in
     * {@code users.verified_email}), or {@code any}, an unverified one too where none is verified.
     */
    @Format(regexp = "any|verified", message = "any or verified")
    Optional<String> email();
}
