package io.kriya.loginpage.view;

import io.kriya.loginpage.branding.Asset;
import io.kriya.loginpage.branding.Theme;
import io.kriya.oauth.client.OAuthClient;
import io.quarkus.qute.TemplateData;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * The layout of every page.
 *
 * @param basePath the path that Kriya is served under, such as {@code /kriya}, or empty
 * @param step the step that this page can be reloaded at, such as {@code /code}; empty for the first
 * @param query the authorization request as a query, or null
 * @param csrf the CSRF token of the forms, or null
 * @param isAsked whether the language was asked for, so that the next steps are in it too
 * @param languages all, for the switch
 */
@TemplateData
public record Layout(
        String basePath,
        String step,
        String query,
        String csrf,
        Language language,
        boolean isAsked,
        List<Language> languages,
        Theme theme,
        OAuthClient client) {

    private static final String AUTHORIZE = "/oauth/authorize";

    /** OpenID Connect Core 1.0, 3.1.2.1. */
    private static final String UI_LOCALES = "&ui_locales=";

    /** Renders a page in the language of this layout. */
    public String render(TemplateInstance page) {
        return page.setLocale(language.tag()).render();
    }

    /** The URL of a step, such as {@code /code}. */
    public String to(String step) {
        String path = basePath + AUTHORIZE + step;
        return query == null ? path : path + "?" + query + (isAsked ? UI_LOCALES + language.tag() : "");
    }

    /** The URL of this page in another language. */
    public String toLanguage(Language other) {
        return basePath + AUTHORIZE + step + "?" + query + UI_LOCALES + other.tag();
    }

    public String clientName() {
        return client.name();
    }

    public String clientUrl() {
        return client.home();
    }

    /** Whether users know service and client by one name, which then is not shown twice. */
    public boolean isServiceTheClient() {
        return client.name().equals(theme.name());
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

    /** The logo for dark mode, or null. */
    public String darkLogo() {
        return theme.darkLogo() == null ? null : asset("logo-dark", theme.darkLogo());
    }

    private String asset(String name, Asset asset) {
        return asset(name, asset.version());
    }

    /** The URL of something that a page loads. */
    public String asset(String name, String version) {
        return basePath + "/oauth/assets/" + name + "?v=" + version;
    }
}
