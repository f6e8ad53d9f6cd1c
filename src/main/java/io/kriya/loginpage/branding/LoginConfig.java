package io.kriya.loginpage.branding;

import io.kriya.setting.Format;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How the login page looks. */
@ConfigMapping(prefix = "kriya.login")
public interface LoginConfig {

    /** What a logo has to be. */
    String LOGO = "the path of an SVG or PNG file of at most 16 KiB, or nothing";

    /** A URL for a browser. */
    String WEB = "(?=.{1,2000}$)https?://[A-Za-z0-9.\\[\\]:-]+(/[^\\s<>\"]*)?";

    /** What the URL of a page has to be. */
    String WEB_TAKES = "a URL such as https://example.com/terms, or nothing";

    /** What the login page calls the service. */
    @WithDefault("${kriya.sms.service-name:Kriya}")
    @Format(regexp = "(?=.*\\S)[^\\p{Cntrl}]{1,30}", message = "1 to 30 characters, what people know the service as")
    String name();

    /** The logo above the login form, read at start. It is shown in place of the name, so it has the name in it. */
    @Format(by = Logo.class, method = "read", message = LOGO)
    Optional<String> logo();

    /** The logo for dark mode; the other one if there is none. */
    @Format(by = Logo.class, method = "readDark", message = LOGO)
    Optional<String> logoDark();

    /** The terms of use. */
    @Format(regexp = WEB, message = WEB_TAKES)
    Optional<String> termsUrl();

    /** The privacy policy. */
    @Format(regexp = WEB, message = WEB_TAKES)
    Optional<String> privacyUrl();

    /** Where users get help: a page, or an e-mail address ({@code mailto:}). Every page links to it. */
    @Format(
            regexp = WEB + "|mailto:[^\\s@<>\"]{1,64}@[^\\s@<>\"]{1,255}",
            message = "a URL such as https://example.com/help or mailto:help@example.com, or nothing")
    Optional<String> helpUrl();

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
