package io.kriya.dev;

import io.smallrye.config.PropertiesConfigSource;
import java.util.Map;

/** The settings of dev mode's own PostgreSQL, which it starts. */
public final class DevDatabase extends PropertiesConfigSource {

    private static final long serialVersionUID = 1;

    /** Below everything that can name a database. */
    private static final int ORDINAL = 110;

    public DevDatabase() {
        super(
                Map.of(
                        "quarkus.datasource.jdbc.url",
                        EmbeddedPostgres.url(),
                        "quarkus.datasource.username",
                        "postgres"),
                "dev mode's own PostgreSQL",
                ORDINAL);
    }
}
