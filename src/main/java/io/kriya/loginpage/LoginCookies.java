package io.kriya.loginpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.http.PublicUrl;
import io.kriya.oauth.AuthorizationRequest;
import io.kriya.security.DerivedKey;
import io.kriya.security.EncryptionKey;
import io.kriya.security.ServerKeys;
import io.kriya.security.Sha256;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What browsers hold: which one it is, and for each request for authorization, of which there may be one in every tab, how far its
 * person has come.
 */
@ApplicationScoped
class LoginCookies {

    private static final String FLOW = "kriya-";

    /** Of flows, that a browser may hold before the others are forgotten: all that it sends has to fit a request. */
    private static final int MOST_FLOWS = 10;

    /** Longer than a code lives, so that somebody who comes late is told so. */
    private static final int FLOW_SECONDS = 2 * 3600;

    private final List<EncryptionKey> seals;
    private final List<DerivedKey> tokens;
    private final Clock clock;
    private final boolean isHttps;
    private final String path;

    LoginCookies(ServerKeys keys, PublicUrl url, Clock clock) {
        this.clock = clock;
        seals = keys.derive("kriya login flow").stream().map(EncryptionKey::new).toList();
        tokens = keys.derive("kriya login form");
        isHttps = url.isHttps();
        path = url.path() + "/oauth/authorize";
    }

    /** Which browser sends this. */
    BrowserId browser(HttpServerRequest http) {
        Cookie shown = http.getCookie(browserName());
        return BrowserId.of(shown == null ? null : shown.getValue());
    }

    /** Where it can, with a name that no other host can have a browser send (RFC 6265bis, 4.1.3.2). */
    private String browserName() {
        return isHttps ? "__Host-kriya" : "kriya";
    }

    NewCookie of(BrowserId browser) {
        return cookie(browserName(), browser.id(), "/", NewCookie.DEFAULT_MAX_AGE);
    }

    /** What a form of this browser, for this request, has to send along. */
    String csrf(BrowserId browser, AuthorizationRequest request) {
        return csrf(tokens.getFirst(), browser, request);
    }

    private static String csrf(DerivedKey key, BrowserId browser, AuthorizationRequest request) {
        return base64(key.mac(context(browser, request)));
    }

    boolean isCsrf(String shown, BrowserId browser, AuthorizationRequest request) {
        return tokens.stream()
                .anyMatch(key ->
                        MessageDigest.isEqual(csrf(key, browser, request).getBytes(UTF_8), shown.getBytes(UTF_8)));
    }

    Optional<LoginState> flow(HttpServerRequest http, BrowserId browser, AuthorizationRequest request) {
        return Optional.ofNullable(http.getCookie(name(browser, request)))
                .flatMap(cookie -> decoded(cookie.getValue()))
                .flatMap(held -> seals.stream()
                        .flatMap(seal -> seal.open(held, context(browser, request)).stream())
                        .findFirst())
                .flatMap(plain -> LoginState.decode(new String(plain, UTF_8)))
                // The browser forgets it too, but whoever has taken it from there need not.
                .filter(flow -> clock.instant().isBefore(flow.begunAt().plusSeconds(FLOW_SECONDS)));
    }

    NewCookie of(LoginState flow, BrowserId browser, AuthorizationRequest request) {
        byte[] sealed = seals.getFirst().seal(flow.encode().getBytes(UTF_8), context(browser, request));
        return cookie(name(browser, request), base64(sealed), path, FLOW_SECONDS);
    }

    NewCookie forget(BrowserId browser, AuthorizationRequest request) {
        return forget(name(browser, request));
    }

    private NewCookie forget(String name) {
        return cookie(name, "", path, 0);
    }

    /** The flows of other tabs, where there are too many. */
    List<NewCookie> forgetMany(HttpServerRequest http) {
        List<String> flows = http.cookies().stream()
                .map(Cookie::getName)
                .filter(name -> name.startsWith(FLOW))
                .toList();
        return flows.size() < MOST_FLOWS
                ? List.of()
                : flows.stream().map(this::forget).toList();
    }

    /** Anybody may know it: it tells requests apart. */
    private static String name(BrowserId browser, AuthorizationRequest request) {
        return FLOW + base64(Sha256.of(context(browser, request))).substring(0, 12);
    }

    private static byte[] context(BrowserId browser, AuthorizationRequest request) {
        return (browser.id() + "&" + request.query()).getBytes(UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    private NewCookie cookie(String name, String value, String path, int seconds) {
        return new NewCookie.Builder(name)
                .value(value)
                .path(path)
                .maxAge(seconds)
                .secure(isHttps)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
