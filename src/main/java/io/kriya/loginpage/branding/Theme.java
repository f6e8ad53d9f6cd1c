package io.kriya.loginpage.branding;

import io.quarkus.qute.TemplateData;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** The name, the logo and the colours of the service. */
@TemplateData
@Startup
@Singleton
public class Theme {

    /** The background in light and in dark mode; the stylesheet has the other colours. */
    static final Color LIGHT = Color.WHITE;

    static final Color DARK = Color.parse("#1b1e24");

    /** Lines in light and in dark mode. */
    private static final Color LINE_ON_LIGHT = Color.parse("#6b7280");

    private static final Color LINE_ON_DARK = Color.parse("#8b93a1");

    /** The minimum contrast of what is not text (WCAG 2.2, 1.4.11). */
    private static final double VISIBLE = 3;

    private final String name;
    private final Asset stylesheet;
    private final Asset script;
    private final Asset logo;
    private final Asset darkLogo;
    private final boolean hasOwnLogo;
    private final String termsUrl;
    private final String privacyUrl;
    private final String helpUrl;

    Theme(LoginConfig config) {
        Color color = Color.parse(config.color());
        name = config.name();
        stylesheet = new Asset("text/css;charset=UTF-8", colors(color) + Asset.text("login.css"));
        script = new Asset("text/javascript;charset=UTF-8", Asset.text("login.js"));
        logo = config.logo().map(Logo::read).orElseGet(() -> Logo.standard(color));
        darkLogo = config.logoDark().map(Logo::readDark).orElse(null);
        hasOwnLogo = config.logo().isPresent();
        termsUrl = config.termsUrl().orElse(null);
        privacyUrl = config.privacyUrl().orElse(null);
        helpUrl = config.helpUrl().orElse(null);
    }

    /** A button has a border in the line colour if its own colour has too little contrast to the background. */
    private static String colors(Color color) {
        return """
                :root{--accent:%s;--ink:%s;--surface:%s;--line:%s;--edge:%s}
                @media (prefers-color-scheme:dark){:root{--surface:%s;--line:%s;--edge:%s}}
                """.formatted(
                        color,
                        color.ink(),
                        LIGHT,
                        LINE_ON_LIGHT,
                        color.contrast(LIGHT) < VISIBLE ? LINE_ON_LIGHT : color,
                        DARK,
                        LINE_ON_DARK,
                        color.contrast(DARK) < VISIBLE ? LINE_ON_DARK : color);
    }

    public String name() {
        return name;
    }

    public Asset stylesheet() {
        return stylesheet;
    }

    public Asset script() {
        return script;
    }

    public Asset logo() {
        return logo;
    }

    /** The logo for dark mode, or null. */
    public Asset darkLogo() {
        return darkLogo;
    }

    /** Whether the logo is the operator's, which shows the name itself. */
    public boolean hasOwnLogo() {
        return hasOwnLogo;
    }

    /** The terms of use, or null. */
    public String termsUrl() {
        return termsUrl;
    }

    /** The privacy policy, or null. */
    public String privacyUrl() {
        return privacyUrl;
    }

    /** Where users get help, or null. */
    public String helpUrl() {
        return helpUrl;
    }

    /** Whether a page has links at its end. */
    public boolean hasLinks() {
        return termsUrl != null || privacyUrl != null || helpUrl != null;
    }
}
