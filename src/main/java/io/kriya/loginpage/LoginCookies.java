package io.kriya.loginpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.device.DeviceSecret;
import io.kriya.device.Devices;
import io.kriya.http.PublicUrl;
import io.kriya.oauth.AuthorizationRequest;
import io.kriya.security.EncryptionKey;
import io.kriya.security.ServerKeys;
import io.kriya.security.Sha256;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The cookies of the login page: the browser's id, the secret of a known device, and the encrypted state of each login,
 * one or none per tab.
 */
@ApplicationScoped
class LoginCookies {

    private static final String STATE_PREFIX = "kriya-";

    /** The state cookies that a browser may hold; all of them have to fit the headers of a request. */
    private static final int MAX_STATES = 10;

    /** Longer than a code is valid, so that a late user sees the error that it has expired. */
    private static final int STATE_SECONDS = 2 * 3600;

    /** The current key first, then the previous one. */
    private final List<EncryptionKey> keys;

    private final Clock clock;
    private final boolean isHttps;
    private final String path;

    LoginCookies(ServerKeys keys, PublicUrl url, Clock clock) {
        this.clock = clock;
        this.keys =
                keys.derive("kriya login flow").stream().map(EncryptionKey::new).toList();
        isHttps = url.isHttps();
        path = url.path() + "/oauth/authorize";
    }

    BrowserId browser(HttpServerRequest http) {
        Cookie cookie = http.getCookie(browserName());
        return BrowserId.of(cookie == null ? null : cookie.getValue());
    }

    /** With TLS, a name that no other host can set a cookie for (RFC 6265bis, 4.1.3.2). */
    private String browserName() {
        return isHttps ? "__Host-kriya" : "kriya";
    }

    NewCookie of(BrowserId browser) {
        return cookie(browserName(), browser.id(), "/", NewCookie.DEFAULT_MAX_AGE);
    }

    Optional<DeviceSecret> device(HttpServerRequest http) {
        return Optional.ofNullable(http.getCookie(deviceName()))
                .map(Cookie::getValue)
                .flatMap(DeviceSecret::parse);
    }

    private String deviceName() {
        return isHttps ? "__Host-kriya_device" : "kriya_device";
    }

    NewCookie of(DeviceSecret device) {
        return cookie(deviceName(), device.reveal(), "/", (int) Devices.LIFE.toSeconds());
    }

    Optional<LoginState> state(HttpServerRequest http, BrowserId browser, AuthorizationRequest authorization) {
        return Optional.ofNullable(http.getCookie(name(browser, authorization)))
                .flatMap(cookie -> decode(cookie.getValue()))
                .flatMap(encrypted -> keys.stream()
                        .flatMap(key -> key.decrypt(encrypted, browser.bind(authorization)).stream())
                        .findFirst())
                .flatMap(plain -> LoginState.decode(new String(plain, UTF_8)))
                // A browser deletes an expired cookie, but a stolen copy of it does not expire by itself.
                .filter(state -> clock.instant().isBefore(state.begunAt().plusSeconds(STATE_SECONDS)));
    }

    NewCookie of(LoginState state, BrowserId browser, AuthorizationRequest authorization) {
        byte[] encrypted = keys.getFirst().encrypt(state.encode().getBytes(UTF_8), browser.bind(authorization));
        return cookie(name(browser, authorization), encode(encrypted), path, STATE_SECONDS);
    }

    NewCookie delete(BrowserId browser, AuthorizationRequest authorization) {
        return delete(name(browser, authorization));
    }

    private NewCookie delete(String name) {
        return cookie(name, "", path, 0);
    }

    /** Deletes the states of other tabs if there are too many. */
    List<NewCookie> evict(HttpServerRequest http) {
        List<String> states = http.cookies().stream()
                .map(Cookie::getName)
                .filter(name -> name.startsWith(STATE_PREFIX))
                .toList();
        return states.size() < MAX_STATES
                ? List.of()
                : states.stream().map(this::delete).toList();
    }

    /** A name for each authorization request; it is no secret. */
    private static String name(BrowserId browser, AuthorizationRequest authorization) {
        return STATE_PREFIX + encode(Sha256.of(browser.bind(authorization))).substring(0, 12);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException malformed) {
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
