package io.kriya.account;

import io.kriya.setting.Format;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which names are accepted. */
@ConfigMapping(prefix = "kriya.names")
public interface NameConfig {

    /** Whether a name that has the address of a web page is refused, as people would be sent it. */
    @WithDefault("false")
    @Format(regexp = "true|false", message = "true or false")
    String withoutLinks();

    default boolean areWithoutLinks() {
        return withoutLinks().equals("true");
    }
}
