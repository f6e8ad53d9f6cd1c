package io.kriya.loginpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.Deployment;
import io.kriya.account.PhoneNumber;
import io.kriya.challenge.ChallengeSecret;
import io.kriya.oauth.AuthorizationRequest;
import io.kriya.security.DerivedKey;
import io.kriya.security.EncryptionKey;
import java.time.Instant;
import java.util.Base64;

/** Cookies as the tested Kriya seals them, of any age. */
final class TestCookies {

    private TestCookies() {}

    static String of(String number, BrowserId browser, AuthorizationRequest request, Instant begun) {
        var key = new EncryptionKey(DerivedKey.of(Deployment.SECRET_KEY, "kriya login flow"));
        var flow = LoginState.begin(
                new PhoneNumber(number), ChallengeSecret.parse("A".repeat(32)).orElseThrow(), begun);
        byte[] held =
                key.encrypt(flow.encode().getBytes(UTF_8), (browser.id() + "&" + request.query()).getBytes(UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(held);
    }
}
