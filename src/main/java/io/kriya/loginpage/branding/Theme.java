package io.kriya.loginpage.branding;

import io.quarkus.qute.TemplateData;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** The name, the logo and the colours of the service. A wrong setting stops the start. */
@TemplateData
@Startup
@Singleton
public class Theme {

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,30}");

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

    Theme(LoginConfig config) {
        if (!NAME.matcher(config.name()).matches() || config.name().isBlank()) {
            throw new IllegalStateException("LOGIN_NAME takes 1 to 30 characters.");
        }
        Color color = color(config.color());
        name = config.name();
        stylesheet = new Asset("text/css;charset=UTF-8", colors(color) + Asset.text("login.css"));
        script = new Asset("text/javascript;charset=UTF-8", Asset.text("login.js"));
        logo = config.logo().map(Logo::read).orElseGet(() -> Logo.standard(color));
    }

    private static Color color(String value) {
        try {
            return Color.parse(value);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalStateException("LOGIN_COLOR takes a colour such as #3562e0.", malformed);
        }
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
}
