package io.kriya.login;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Which browser it is: what a form or a sealed cookie of one browser says counts for nothing in another.
 *
 * @param isNew whether it has yet to be told
 */
record Browser(String id, boolean isNew) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");

    static Browser of(String shown) {
        return shown != null && FORM.matcher(shown).matches() ? new Browser(shown, false) : new Browser(random(), true);
    }

    /** 128 bits that nobody guesses. */
    static String random() {
        byte[] bytes = new byte[16];
        // Made anew: a native binary must not be built with one in it.
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Says nothing of the id. */
    @Override
    public String toString() {
        return "Browser";
    }
}
