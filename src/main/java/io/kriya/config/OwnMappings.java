package io.kriya.config;

import io.smallrye.config.ConfigValidator;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Validates Kriya's own mappings only: Quarkus would walk through all of its mappings, which have no constraints, and
 * in a native binary no metadata. The command {@code migrate} needs those of the database and the process.
 */
public final class OwnMappings implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        ConfigValidator validator = builder.getValidator();
        String prefixes = EnvironmentNames.isMigration() ? "kriya\\.(database|process)" : "kriya\\..+";
        builder.withValidator((type, prefix, mapping) -> {
            if (prefix.matches(prefixes)) {
                validator.validateMapping(type, prefix, mapping);
            }
        });
    }

    /** After the one that Quarkus generates. */
    @Override
    public int priority() {
        return Integer.MAX_VALUE;
    }
}
