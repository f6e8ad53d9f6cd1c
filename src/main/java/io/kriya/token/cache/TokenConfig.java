package io.kriya.token.cache;

import io.kriya.database.DatabaseUrl;
import io.kriya.setting.Format;
import io.kriya.setting.Takes;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.Range;

/** How long tokens are valid, cached and kept. */
@ConfigMapping(prefix = "kriya.token")
public interface TokenConfig {

    /** Hours that a token is valid. */
    @WithDefault("24")
    @Range(min = 1, max = 87_600, message = Takes.HOURS)
    int expiryHours();

    /** Hours that a token is kept past its expiry before it is deleted. */
    @WithDefault("0")
    @Range(min = 0, max = 87_600, message = Takes.HOURS)
    int retentionHours();

    /** Minutes between two clean-ups of expired tokens. Each begins up to a tenth of that late, at random. */
    @WithDefault("60")
    @Range(min = 1, max = 1440, message = Takes.MINUTES)
    int cleanupMinutes();

    /** A clean-up begins up to this many seconds late, at random, so that replicas don't all begin at once. */
    @WithDefault("360")
    int cleanupJitterSeconds();

    /** Seconds between two times that the last uses of tokens are recorded. */
    @WithDefault("60")
    int usesSeconds();

    /** How many valid tokens a replica <a href="explanation/token-cache.md">caches</a>, half a kilobyte each; 0 none. */
    @WithDefault("10000")
    @Range(min = 0, max = 10_000_000, message = Takes.NUMBER)
    int cacheSize();

    /** Seconds that cached tokens stay valid while the database is lost; revocations are delayed by as much; 0: off. */
    @WithDefault("0")
    @Range(min = 0, max = 3600, message = Takes.SECONDS)
    int cacheOutageSeconds();

    /** The same database without its pooler, to listen for changes, if that does not keep sessions (PgBouncer). */
    @Format(by = DatabaseUrl.class, message = DatabaseUrl.TAKES + ", or nothing")
    Optional<String> listenUrl();

    default Duration expiry() {
        return Duration.ofHours(expiryHours());
    }

    default Duration retention() {
        return Duration.ofHours(retentionHours());
    }
}
