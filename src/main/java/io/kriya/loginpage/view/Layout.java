package io.kriya.loginpage.view;

import io.kriya.loginpage.branding.Asset;
import io.kriya.loginpage.branding.Theme;
import io.quarkus.qute.TemplateData;
import io.quarkus.qute.TemplateInstance;

/**
 * What every page has around it.
 *
 * @param base what Kriya's paths begin with, such as {@code /kriya}, or nothing
 * @param query the request for authorization, encoded, or null
 * @param csrf what forms send along
 */
@TemplateData
public record Layout(String base, String query, String csrf, Language language, Theme look) {

    private static final String AUTHORIZE = "/oauth/authorize";

    /** The page in the language of this frame. */
    public String render(TemplateInstance page) {
        return page.setLocale(language.tag()).render();
    }

    /** The URL of a step, such as {@code /code}. */
    public String to(String step) {
        String path = base + AUTHORIZE + step;
        return query == null ? path : path + "?" + query;
    }

    public String stylesheet() {
        return asset("login.css", look.stylesheet());
    }

    public String script() {
        return asset("login.js", look.script());
    }

    public String logo() {
        return asset("logo", look.logo());
    }

    private String asset(String name, Asset asset) {
        return base + "/oauth/assets/" + name + "?v=" + asset.version();
    }
}
