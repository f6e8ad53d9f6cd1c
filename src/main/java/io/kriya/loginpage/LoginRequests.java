package io.kriya.loginpage;

import io.kriya.account.PhoneConfig;
import io.kriya.challenge.Caller;
import io.kriya.http.Form;
import io.kriya.http.PublicUrl;
import io.kriya.loginpage.branding.Theme;
import io.kriya.loginpage.view.ErrorPage;
import io.kriya.loginpage.view.Languages;
import io.kriya.loginpage.view.Layout;
import io.kriya.oauth.AuthorizationException;
import io.kriya.oauth.AuthorizationRequest;
import io.kriya.oauth.AuthorizationRequests;
import io.kriya.oauth.client.OAuthClient;
import io.kriya.signin.Callers;
import io.kriya.sms.SmsText;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/** Reads and checks requests to the login page. */
@ApplicationScoped
class LoginRequests {

    private final OAuthClient client;
    private final AuthorizationRequests authorizations;
    private final LoginCookies cookies;
    private final CsrfTokens csrf;
    private final Languages languages;
    private final SmsText texts;
    private final Theme theme;
    private final Callers callers;
    private final String basePath;
    private final boolean verifies;

    LoginRequests(
            OAuthClient client,
            AuthorizationRequests authorizations,
            LoginCookies cookies,
            CsrfTokens csrf,
            Languages languages,
            SmsText texts,
            Theme theme,
            Callers callers,
            PublicUrl url,
            PhoneConfig phone) {
        this.client = client;
        this.authorizations = authorizations;
        this.cookies = cookies;
        this.csrf = csrf;
        this.languages = languages;
        this.texts = texts;
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
        AuthorizationRequest authorization = authorizations.parse(http.query());
        if (!verifies) {
            throw new ErrorPageException(ErrorPage.NEEDS_SMS, layout(http));
        }
        BrowserId browser = cookies.browser(http);
        Layout layout = layout(http, authorization.query(), csrf.of(browser, authorization));
        Caller caller = callers.withoutIdempotencyKey(http, language(http))
                .withDevice(cookies.device(http))
                .onPage();
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
        return request.withProofOfWork(form.get("proof_of_work"));
    }

    /** The layout of an error page; it links back to the start if the authorization request is valid. */
    Layout layout(HttpServerRequest http) {
        return layout(http, query(http), null);
    }

    private Layout layout(HttpServerRequest http, String query, String token) {
        return new Layout(
                basePath,
                step(http.path()),
                query,
                token,
                languages.of(language(http)),
                uiLocales(http).isPresent(),
                languages.all(),
                theme,
                client);
    }

    /** The step that shows the page of this path. */
    private static String step(String path) {
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "code", "resend" -> "/code";
            case "name" -> "/name";
            default -> "";
        };
    }

    private String query(HttpServerRequest http) {
        try {
            return authorizations.parse(http.query()).query();
        } catch (AuthorizationException invalid) {
            return null;
        }
    }

    private Locale language(HttpServerRequest http) {
        return texts.language(uiLocales(http), http.getHeader("Accept-Language"));
    }

    /** The parameter {@code ui_locales}, languages separated by blanks, in the form of {@code Accept-Language}. */
    private static Optional<String> uiLocales(HttpServerRequest http) {
        return Form.parse(http.query()).flatMap(form -> form.get("ui_locales")).map(list -> list.strip()
                .replaceAll(" +", ","));
    }
}
