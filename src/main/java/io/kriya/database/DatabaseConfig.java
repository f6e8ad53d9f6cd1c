package io.kriya.database;

import io.kriya.setting.Format;
import io.kriya.setting.ProductionCheck;
import io.kriya.setting.Takes;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.Range;

/** Where the database is, how long Kriya waits for it, and whether a start only migrates. */
@ConfigMapping(prefix = "kriya.database")
public interface DatabaseConfig extends ProductionCheck {

    /** The key of {@link #migrateOnly()}. */
    String MIGRATE_ONLY = "kriya.database.migrate-only";

    /** The PostgreSQL database, version 15 or newer, see below. */
    @Format(by = DatabaseUrl.class, message = DatabaseUrl.TAKES)
    Optional<String> url();

    /** The URL for the JDBC driver, which may come from Quarkus's own setting. */
    @WithDefault("${quarkus.datasource.jdbc.url:}")
    Optional<String> jdbcUrl();

    /** The maximum number of connections of each replica. More than the database's cores can serve slow it down. */
    Optional<@Range(min = 1, max = 1000, message = Takes.NUMBER) Integer> poolSize();

    /** Milliseconds that a request may spend on the database, waiting for a connection included; then it gets a 503. */
    @WithDefault("1200")
    @Range(min = 100, max = 60_000, message = Takes.MILLIS)
    int timeoutMillis();

    /** Seconds that a start waits for a database that is not up yet, one log line a try; 0 tries once. */
    @WithDefault("60")
    @Range(min = 0, max = 3600, message = Takes.SECONDS)
    int waitSeconds();

    /** Whether a start ends as soon as the tables are up to date. The command {@code migrate} sets it. */
    @WithDefault("false")
    boolean migrateOnly();

    default Duration timeout() {
        return Duration.ofMillis(timeoutMillis());
    }

    @Override
    default Stream<String> problems() {
        return Stream.ofNullable(ProductionCheck.unless(
                jdbcUrl().filter(url -> !url.isBlank()).isPresent(),
                "DATABASE_URL is required; it takes " + DatabaseUrl.TAKES + "."));
    }
}
