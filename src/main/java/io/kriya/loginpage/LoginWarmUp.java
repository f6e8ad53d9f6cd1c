package io.kriya.loginpage;

import io.kriya.account.PhoneConfig;
import io.kriya.loginpage.branding.Theme;
import io.kriya.loginpage.view.Countries;
import io.kriya.loginpage.view.FormError;
import io.kriya.loginpage.view.Languages;
import io.kriya.loginpage.view.Layout;
import io.kriya.loginpage.view.LoginError;
import io.kriya.loginpage.view.Pages;
import io.kriya.loginpage.view.Resend;
import io.kriya.loginpage.view.Sending;
import io.kriya.oauth.AuthorizationRequest;
import io.kriya.oauth.client.OAuthClient;
import io.kriya.oauth.client.OAuthConfig;
import io.kriya.sms.SmsText;
import io.kriya.warmup.WarmUp;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Renders the pages. */
@Singleton
class LoginWarmUp implements WarmUp {

    private final Languages languages;
    private final SmsText texts;
    private final Theme theme;
    private final Countries countries;
    private final CsrfTokens csrf;
    private final OAuthClient client;
    private final boolean isServed;

    LoginWarmUp(
            Languages languages,
            SmsText texts,
            Theme theme,
            Countries countries,
            CsrfTokens csrf,
            OAuthClient client,
            OAuthConfig oauth,
            PhoneConfig phone) {
        this.languages = languages;
        this.texts = texts;
        this.theme = theme;
        this.countries = countries;
        this.csrf = csrf;
        this.client = client;
        isServed = oauth.isEnabled() && phone.isVerified();
    }

    @Override
    public void run() {
        if (isServed) {
            String token = csrf.of(BrowserId.of(null), new AuthorizationRequest("", "", "", null));
            var layout = new Layout(
                    "", "", "", token, languages.of(texts.language("en;q=0.9")), false, languages.all(), theme, client);
            layout.render(Pages.number(layout, "", "", countries.choice(layout.language(), Optional.of("US")), null));
            layout.render(Pages.code(
                    layout, "", Sending.TEXT, 1, new Resend(1, "", "", true, false, null), false, null, null));
            layout.render(Pages.name(layout, "", new FormError(LoginError.NAME_INVALID, null)));
        }
    }
}
