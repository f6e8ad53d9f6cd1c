package io.kriya;

import io.kriya.database.migration.Migrations;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jboss.logging.Logger;

/** Version, commit and build time: the first line of the log, and the labels of a metric. */
@Singleton
class BuildInfo implements MeterBinder {

    private static final Logger LOG = Logger.getLogger(BuildInfo.class);

    private final String version;
    private final String commit;
    private final String time;

    BuildInfo() {
        var properties = new Properties();
        try (InputStream file = BuildInfo.class.getResourceAsStream("/build.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        version = properties.getProperty("version");
        commit = properties.getProperty("commit");
        time = properties.getProperty("time");
    }

    /** Logs the build as the first step of a start, before the migrations. */
    void log(@Observes @Priority(Migrations.PRIORITY - 1) StartupEvent started) {
        LOG.infof("Kriya %s, commit %s, built %s", version, commit, time);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("kriya.info", () -> 1)
                .description("Always 1; the labels have version, commit and build time.")
                .tags("version", version, "commit", commit, "build_time", time)
                .register(registry);
    }
}
