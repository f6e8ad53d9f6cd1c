package io.kriya.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long Kriya waits for its database. */
@ConfigMapping(prefix = "kriya.database")
public interface DatabaseConfig {

    /**
     * Milliseconds that a request may spend on the database in all, waiting for a connection included; then it is answered
     * 503. 100 to 60000.
     */
    @WithDefault("1200")
    int timeoutMillis();

    /** Seconds that a start waits for a database that is not up yet, one log line a try. 0 to 3600; 0 tries once. */
    @WithDefault("60")
    int waitSeconds();

    /** How many statements look tokens up at once. */
    static int lookUps() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    default Duration timeout() {
        return Duration.ofMillis(timeoutMillis());
    }
}
