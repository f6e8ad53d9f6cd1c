package io.kriya.loginpage.view;

import io.kriya.loginpage.branding.Asset;
import io.kriya.loginpage.branding.Theme;
import io.quarkus.qute.TemplateData;
import io.quarkus.qute.TemplateInstance;

/**
 * The layout of every page.
 *
 * @param basePath the path that Kriya is served under, such as {@code /kriya}, or empty
 * @param query the authorization request as a query, or null
 * @param csrf the CSRF token of the forms, or null
 */
@TemplateData
public record Layout(String basePath, String query, String csrf, Language language, Theme theme) {

    private static final String AUTHORIZE = "/oauth/authorize";

    /** Renders a page in the language of this layout. */
    public String render(TemplateInstance page) {
        return page.setLocale(language.tag()).render();
    }

    /** The URL of a step, such as {@code /code}. */
    public String to(String step) {
        String path = basePath + AUTHORIZE + step;
        return query == null ? path : path + "?" + query;
    }

    public String stylesheet() {
        return asset("login.css", theme.stylesheet());
    }

    public String script() {
        return asset("login.js", theme.script());
    }

    public String logo() {
        return asset("logo", theme.logo());
    }

    private String asset(String name, Asset asset) {
        return basePath + "/oauth/assets/" + name + "?v=" + asset.version();
    }
}
