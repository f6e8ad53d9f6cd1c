package io.kriya.http.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a client may ask of the server. */
@ConfigMapping(prefix = "kriya.http")
public interface HttpConfig {

    /**
     * The most connections of clients that a replica holds; one more is closed, but for one that asks at once how Kriya
     * is. 10 to 1000000.
     */
    @WithDefault("10000")
    int maxConnections();

    /**
     * Seconds that the head of a request may take to arrive as a whole, and then its body; then a body is answered 408, and
     * the connection is closed. 1 to 300.
     */
    @WithDefault("10")
    int bodyTimeoutSeconds();

    /** Whether the documentation of the API is served, {@code /docs} and {@code /openapi}. */
    @WithDefault("true")
    boolean docs();

    default Duration bodyTimeout() {
        return Duration.ofSeconds(bodyTimeoutSeconds());
    }
}
