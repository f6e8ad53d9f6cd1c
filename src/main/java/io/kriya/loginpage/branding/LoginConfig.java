package io.kriya.loginpage.branding;

import io.kriya.setting.Format;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How the login page looks. */
@ConfigMapping(prefix = "kriya.login")
public interface LoginConfig {

    /** What the login page calls the service. */
    @WithDefault("${kriya.sms.service-name:Kriya}")
    @Format(regexp = "(?=.*\\S)[^\\p{Cntrl}]{1,30}", message = "1 to 30 characters, what people know the service as")
    String name();

    /** The logo above the login form, read at start. */
    @Format(by = Logo.class, method = "read", message = "the path of an SVG or PNG file of at most 16 KiB, or nothing")
    Optional<String> logo();

    /**
     * The header in which a CDN names the client's country (ISO 3166), such as {@code CF-IPCountry}: the country that
     * the page proposes. It counts only from {@code TRUSTED_PROXIES}.
     */
    @Format(regexp = "[A-Za-z0-9-]{1,100}", message = "the name of a header such as CF-IPCountry, or nothing")
    Optional<String> countryHeader();

    /** The colour of the button. The text on it is black or white, whichever is easier to read. */
    @WithDefault("#3562e0")
    @Format(regexp = "#[0-9a-fA-F]{6}", message = "a colour such as #3562e0")
    String color();
}
