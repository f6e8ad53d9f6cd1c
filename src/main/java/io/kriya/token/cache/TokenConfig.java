package io.kriya.token.cache;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How long tokens live, and when what is left of them goes away. */
@ConfigMapping(prefix = "kriya.token")
public interface TokenConfig {

    /** Whole hours that a token is good for, 1 to 87600. */
    @WithDefault("24")
    int expiryHours();

    /** Whole hours that a token is kept past its expiry before it is deleted, 0 to 87600. */
    @WithDefault("0")
    int retentionHours();

    /** Minutes between two clean-ups of expired tokens, 1 to 1440. */
    @WithDefault("60")
    int cleanupMinutes();

    /** A clean-up begins up to this many seconds late, at random, so that replicas don't all come at once. */
    @WithDefault("360")
    int cleanupJitterSeconds();

    /** How many good tokens each replica keeps in memory, half a kilobyte each, 0 to 10000000; 0 asks the database each time. */
    @WithDefault("10000")
    int cacheSize();

    /**
     * Seconds that tokens in memory stay good while the database is lost, 0 to 3600; 0 answers 503. Whoever logs out meanwhile on
     * another replica, as far as that is possible, is let in for as long.
     */
    @WithDefault("0")
    int cacheOutageSeconds();

    /** Where to listen for changes, if {@code DATABASE_URL} names a pooler that does not keep a session together. */
    Optional<String> listenUrl();

    default Duration expiry() {
        return Duration.ofHours(expiryHours());
    }

    default Duration retention() {
        return Duration.ofHours(retentionHours());
    }
}
