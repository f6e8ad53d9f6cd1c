package io.kriya.loginpage;

import io.kriya.account.PhoneConfig;
import io.kriya.challenge.Caller;
import io.kriya.http.Form;
import io.kriya.http.PublicUrl;
import io.kriya.loginpage.branding.Theme;
import io.kriya.loginpage.view.ErrorPage;
import io.kriya.loginpage.view.Language;
import io.kriya.loginpage.view.Languages;
import io.kriya.loginpage.view.Layout;
import io.kriya.oauth.AuthorizationException;
import io.kriya.oauth.AuthorizationRequest;
import io.kriya.oauth.client.OAuthClient;
import io.kriya.signin.Callers;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads and checks requests to the login page. */
@ApplicationScoped
class LoginRequests {

    private final OAuthClient client;
    private final LoginCookies cookies;
    private final CsrfTokens csrf;
    private final Languages languages;
    private final Theme theme;
    private final Callers callers;
    private final String basePath;
    private final boolean verifies;

    LoginRequests(
            OAuthClient client,
            LoginCookies cookies,
            CsrfTokens csrf,
            Languages languages,
            Theme theme,
            Callers callers,
            PublicUrl url,
            PhoneConfig phone) {
        this.client = client;
        this.cookies = cookies;
        this.csrf = csrf;
        this.languages = languages;
        this.theme = theme;
        this.callers = callers;
        basePath = url.path();
        verifies = phone.isVerified();
    }

    /**
     * Reads a request without a form.
     *
     * @throws AuthorizationException if the authorization request is invalid
     * @throws ErrorPageException if {@code PHONE_VERIFICATION} is {@code none}
     */
    LoginRequest of(HttpServerRequest http) throws AuthorizationException {
        AuthorizationRequest authorization = AuthorizationRequest.parse(http.query(), client);
        if (!verifies) {
            throw new ErrorPageException(ErrorPage.NEEDS_SMS, layout(http));
        }
        BrowserId browser = cookies.browser(http);
        var layout =
                new Layout(basePath, authorization.query(), csrf.of(browser, authorization), language(http), theme);
        Caller caller = callers.withoutIdempotencyKey(http).withDevice(cookies.device(http));
        return new LoginRequest(http, authorization, browser, caller, layout);
    }

    /**
     * Reads a request with a form.
     *
     * @throws ErrorPageException also if the form does not belong to this browser and this authorization request
     */
    LoginRequest of(HttpServerRequest http, Form form) throws AuthorizationException {
        LoginRequest request = of(http);
        if (form.get("csrf")
                .filter(token -> csrf.isValid(token, request.browser(), request.authorization()))
                .isEmpty()) {
            throw new ErrorPageException(ErrorPage.FORM_EXPIRED, request.layout());
        }
        return request;
    }

    /** The layout of an error page; it links back to the start if the authorization request is valid. */
    Layout layout(HttpServerRequest http) {
        return new Layout(basePath, query(http), null, language(http), theme);
    }

    private String query(HttpServerRequest http) {
        try {
            return AuthorizationRequest.parse(http.query(), client).query();
        } catch (AuthorizationException invalid) {
            return null;
        }
    }

    private Language language(HttpServerRequest http) {
        return languages.best(http.getHeader("Accept-Language"));
    }
}
