package io.kriya.loginpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.oauth.AuthorizationRequest;
import io.kriya.security.RandomText;
import java.util.regex.Pattern;

/**
 * The random id of a browser: forms and cookies are bound to it.
 *
 * @param isNew whether the browser has yet to get its cookie
 */
record BrowserId(String id, boolean isNew) {

    private static final int BYTES = 16;
    private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]{22}");

    /** The id of a cookie, or a new one if there is none. */
    static BrowserId of(String cookie) {
        return cookie != null && FORMAT.matcher(cookie).matches()
                ? new BrowserId(cookie, false)
                : new BrowserId(RandomText.of(BYTES), true);
    }

    /** What binds a form or a cookie to this browser and this authorization request. */
    byte[] bind(AuthorizationRequest authorization) {
        return (id + "&" + authorization.query()).getBytes(UTF_8);
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "BrowserId";
    }
}
