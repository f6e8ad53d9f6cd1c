package io.kriya.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** What dev mode sets by itself. */
public interface DevSources {

    /**
     * Returns sources below everything that a developer sets.
     *
     * @param settings the value of a configuration key that is set, or its default in application.properties
     */
    List<ConfigSource> of(Function<String, Optional<String>> settings);
}
