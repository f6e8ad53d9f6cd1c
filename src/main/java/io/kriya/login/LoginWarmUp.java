package io.kriya.login;

import io.kriya.database.WarmUp;
import io.kriya.oauth.AuthorizationRequest;
import io.kriya.oauth.OAuthConfig;
import io.kriya.user.PhoneConfig;
import jakarta.inject.Singleton;

/** Renders the pages. */
@Singleton
class LoginWarmUp implements WarmUp {

    private final Languages languages;
    private final Look look;
    private final Cookies cookies;
    private final boolean isShown;

    LoginWarmUp(Languages languages, Look look, Cookies cookies, OAuthConfig oauth, PhoneConfig phone) {
        this.languages = languages;
        this.look = look;
        this.cookies = cookies;
        isShown = oauth.isEnabled() && phone.isVerified();
    }

    @Override
    public void run() {
        if (isShown) {
            var browser = Browser.of(null);
            String csrf = cookies.csrf(browser, new AuthorizationRequest("", "", "", null));
            var frame = new Frame("", "", csrf, languages.best("en;q=0.9"), look);
            frame.render(Pages.number(frame, "", "", "", null));
            frame.render(Pages.code(frame, "", 1, new Resend(1, "", ""), false, null));
            frame.render(Pages.name(frame, "", new Trouble(LoginError.NAME_INVALID, null)));
        }
    }
}
