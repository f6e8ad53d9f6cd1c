package io.kriya.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long Kriya waits for its database, and whether it does more than to bring its tables up to date. */
@ConfigMapping(prefix = "kriya.database")
public interface DatabaseConfig {

    /** The key of {@link #migrateOnly()}. */
    String MIGRATE_ONLY = "kriya.database.migrate-only";

    /**
     * Milliseconds that a request may spend on the database in all, waiting for a connection included; then it is answered
     * 503. 100 to 60000.
     */
    @WithDefault("1200")
    int timeoutMillis();

    /** Seconds that a start waits for a database that is not up yet, one log line a try. 0 to 3600; 0 tries once. */
    @WithDefault("60")
    int waitSeconds();

    /** Whether a start ends as soon as the tables are up to date. The command {@code migrate} sets it. */
    @WithDefault("false")
    boolean migrateOnly();

    default Duration timeout() {
        return Duration.ofMillis(timeoutMillis());
    }
}
