package io.kriya.loginpage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.oauth.AuthorizationRequest;
import io.kriya.security.DerivedKey;
import io.kriya.security.ServerKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/** The tokens against cross-site request forgery: an HMAC of the browser's id and its authorization request. */
@ApplicationScoped
class CsrfTokens {

    /** The current key first, then the previous one. */
    private final List<DerivedKey> keys;

    CsrfTokens(ServerKeys keys) {
        this.keys = keys.derive("kriya login form");
    }

    /** The token of the forms for this browser and this authorization request. */
    String of(BrowserId browser, AuthorizationRequest authorization) {
        return of(keys.getFirst(), browser, authorization);
    }

    private static String of(DerivedKey key, BrowserId browser, AuthorizationRequest authorization) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.mac(browser.bind(authorization)));
    }

    boolean isValid(String shown, BrowserId browser, AuthorizationRequest authorization) {
        return keys.stream()
                .map(key -> of(key, browser, authorization).getBytes(US_ASCII))
                .anyMatch(token -> MessageDigest.isEqual(token, shown.getBytes(UTF_8)));
    }
}
