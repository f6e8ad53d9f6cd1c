package io.kriya.security;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What the server's keys are derived from. */
@ConfigMapping(prefix = "kriya.verification")
public interface ServerKeyConfig {

    /**
     * The server's own key, that codes and the login page's cookies and forms are secured by; at least 32 characters. Without it,
     * one that ends with the process.
     */
    Optional<String> secretKey();

    /** A second key, under which what was made before is still good, while replicas are moved from one to the other. */
    Optional<String> secretKeyPrevious();
}
