package io.kriya.oauth.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The one client that Kriya lets people into by OAuth 2.0 (RFC 6749), Plane. */
@ConfigMapping(prefix = "kriya.oauth")
public interface OAuthConfig {

    /** What the client calls itself, 1 to 255 characters. */
    Optional<String> clientId();

    /** What the client proves itself by; at least 32 characters. */
    Optional<String> clientSecret();

    /** A second secret that is accepted too, while the client is moved from it to the new one. */
    Optional<String> clientSecretPrevious();

    /** Where people may be sent back to, exactly: absolute URLs without a fragment. */
    Optional<List<String>> redirectUris();

    /** What browsers and the client's server call Kriya by; it may have a path, and ends in no slash. */
    Optional<URI> publicUrl();

    /** Under what domain the client is told an address of those who have proven none. */
    @WithDefault("kriya.local")
    String emailDomain();

    /** Whether people can log in to a client at all. */
    default boolean isEnabled() {
        return clientId().isPresent()
                && clientSecret().isPresent()
                && redirectUris().isPresent()
                && publicUrl().isPresent();
    }
}
