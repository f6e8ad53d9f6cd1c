package io.kriya.loginpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.Deployment;
import io.kriya.oauth.AuthorizationRequest;
import io.kriya.security.DerivedKey;
import io.kriya.security.EncryptionKey;
import java.time.Instant;
import java.util.Base64;

/** Cookies as this version and the version before encrypt them, of any age. */
final class TestCookies {

    private TestCookies() {}

    static String of(String number, BrowserId browser, AuthorizationRequest request, Instant begun) {
        var key = new EncryptionKey(DerivedKey.of(Deployment.SECRET_KEY, "kriya login flow"));
        String state = String.join(
                "\n", number, "A".repeat(32), "kriya_ac_" + "B".repeat(43), "", "", "", "false", begun.toString());
        byte[] held = key.encrypt(state.getBytes(UTF_8), (browser.id() + "&" + request.query()).getBytes(UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(held);
    }
}
