package io.kriya.loginpage;

import io.kriya.account.PhoneConfig;
import io.kriya.loginpage.branding.Theme;
import io.kriya.loginpage.view.FormError;
import io.kriya.loginpage.view.Languages;
import io.kriya.loginpage.view.Layout;
import io.kriya.loginpage.view.LoginError;
import io.kriya.loginpage.view.Pages;
import io.kriya.loginpage.view.Resend;
import io.kriya.oauth.AuthorizationRequest;
import io.kriya.oauth.client.OAuthConfig;
import io.kriya.warmup.WarmUp;
import jakarta.inject.Singleton;

/** Renders the pages. */
@Singleton
class LoginWarmUp implements WarmUp {

    private final Languages languages;
    private final Theme look;
    private final LoginCookies cookies;
    private final boolean isShown;

    LoginWarmUp(Languages languages, Theme look, LoginCookies cookies, OAuthConfig oauth, PhoneConfig phone) {
        this.languages = languages;
        this.look = look;
        this.cookies = cookies;
        isShown = oauth.isEnabled() && phone.isVerified();
    }

    @Override
    public void run() {
        if (isShown) {
            var browser = BrowserId.of(null);
            String csrf = cookies.csrf(browser, new AuthorizationRequest("", "", "", null));
            var frame = new Layout("", "", csrf, languages.best("en;q=0.9"), look);
            frame.render(Pages.number(frame, "", "", "", null));
            frame.render(Pages.code(frame, "", 1, new Resend(1, "", ""), false, null));
            frame.render(Pages.name(frame, "", new FormError(LoginError.NAME_INVALID, null)));
        }
    }
}
