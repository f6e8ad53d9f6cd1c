package io.kriya.loginpage;

import io.kriya.account.PhoneConfig;
import io.kriya.challenge.Callers;
import io.kriya.http.Form;
import io.kriya.http.PublicUrl;
import io.kriya.loginpage.branding.Theme;
import io.kriya.loginpage.view.ErrorPage;
import io.kriya.loginpage.view.Language;
import io.kriya.loginpage.view.Languages;
import io.kriya.loginpage.view.Layout;
import io.kriya.oauth.AuthorizationRequest;
import io.kriya.oauth.AuthorizationRequest.Refused;
import io.kriya.oauth.client.OAuthClient;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads from a request who is on the page, and what for. */
@ApplicationScoped
class LoginRequests {

    private final OAuthClient client;
    private final LoginCookies cookies;
    private final Languages languages;
    private final Theme look;
    private final Callers visitors;
    private final String base;
    private final boolean verifies;

    LoginRequests(
            OAuthClient client,
            LoginCookies cookies,
            Languages languages,
            Theme look,
            Callers visitors,
            PublicUrl url,
            PhoneConfig phone) {
        this.client = client;
        this.cookies = cookies;
        this.languages = languages;
        this.look = look;
        this.visitors = visitors;
        base = url.path();
        verifies = phone.isVerified();
    }

    /**
     * Who is here.
     *
     * @throws Refused where the client's request can't be granted
     * @throws ErrorPageException where nobody can log in
     */
    LoginRequest of(HttpServerRequest http) throws Refused {
        AuthorizationRequest request = AuthorizationRequest.read(http.query(), client);
        if (!verifies) {
            throw new ErrorPageException(ErrorPage.NEEDS_SMS, frame(http));
        }
        BrowserId browser = cookies.browser(http);
        var frame = new Layout(base, request.query(), cookies.csrf(browser, request), language(http), look);
        return new LoginRequest(http, request, browser, visitors.withoutKey(http), frame);
    }

    /**
     * The same, of a form.
     *
     * @throws ErrorPageException also where it is not a form of this browser and request
     */
    LoginRequest of(HttpServerRequest http, Form form) throws Refused {
        LoginRequest visit = of(http);
        if (form.get("csrf")
                .filter(csrf -> cookies.isCsrf(csrf, visit.browser(), visit.request()))
                .isEmpty()) {
            throw new ErrorPageException(ErrorPage.FORM_EXPIRED, visit.frame());
        }
        return visit;
    }

    /** Around a page that has no form; where the client's request can be granted, it leads there again. */
    Layout frame(HttpServerRequest http) {
        return new Layout(base, query(http), null, language(http), look);
    }

    private String query(HttpServerRequest http) {
        try {
            return AuthorizationRequest.read(http.query(), client).query();
        } catch (Refused notGranted) {
            return null;
        }
    }

    private Language language(HttpServerRequest http) {
        return languages.best(http.getHeader("Accept-Language"));
    }
}
