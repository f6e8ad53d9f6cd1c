package io.kriya.config;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** What dev mode sets by itself. */
public interface DevSources {

    /**
     * Below everything that a developer sets.
     *
     * @param settings the configuration keys that are set already, and those of the port
     * @param hasDatabase whether the developer has named a database
     */
    List<ConfigSource> of(Map<String, String> settings, boolean hasDatabase);
}
