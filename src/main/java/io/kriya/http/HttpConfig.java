package io.kriya.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a client may ask of the server. */
@ConfigMapping(prefix = "kriya.http")
public interface HttpConfig {

    /** Seconds that the body of a request may take to arrive as a whole; then it is answered 408. 1 to 300. */
    @WithDefault("10")
    int bodyTimeoutSeconds();

    /** Whether the documentation of the API is served, {@code /docs} and {@code /openapi}. */
    @WithDefault("true")
    boolean docs();

    default Duration bodyTimeout() {
        return Duration.ofSeconds(bodyTimeoutSeconds());
    }
}
