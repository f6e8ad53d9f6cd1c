package io.kriya.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.crypto.DerivedKey;
import io.kriya.crypto.SealingKey;
import io.kriya.oauth.AuthorizationRequest;
import io.kriya.user.PhoneNumber;
import io.kriya.verification.Deployment;
import io.kriya.verification.VerificationId;
import java.time.Instant;
import java.util.Base64;

/** Cookies as the tested Kriya seals them, of any age. */
final class TestCookies {

    private TestCookies() {}

    static String of(String number, Browser browser, AuthorizationRequest request, Instant begun) {
        var key = new SealingKey(DerivedKey.of(Deployment.SECRET_KEY, "kriya login flow"));
        var flow = Flow.begin(
                new PhoneNumber(number), VerificationId.parse("A".repeat(32)).orElseThrow(), begun);
        byte[] held = key.seal(flow.encode().getBytes(UTF_8), (browser.id() + "&" + request.query()).getBytes(UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(held);
    }
}
