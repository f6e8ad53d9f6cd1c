package io.kriya.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** What the server needs to know of its public URL. */
@ConfigMapping(prefix = "kriya.public")
interface PublicUrlConfig {

    /** {@code PUBLIC_URL}, which is checked with the settings of the OAuth client. */
    @WithDefault("${kriya.oauth.public-url:}")
    Optional<URI> url();
}
