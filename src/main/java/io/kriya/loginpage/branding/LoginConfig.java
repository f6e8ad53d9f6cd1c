package io.kriya.loginpage.branding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How the login page looks. */
@ConfigMapping(prefix = "kriya.login")
public interface LoginConfig {

    /** What people know the service as, 1 to 30 characters. */
    @WithDefault("${kriya.sms.service-name:Kriya}")
    String name();

    /** The path of the service's logo, an SVG or PNG of at most 16 KiB. */
    Optional<String> logo();

    /** The colour of buttons, {@code #rrggbb}. */
    @WithDefault("#3562e0")
    String color();
}
