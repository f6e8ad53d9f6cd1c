package io.kriya.loginpage;

import io.kriya.security.RandomText;
import java.util.regex.Pattern;

/**
 * Which browser it is: what a form or a sealed cookie of one browser says counts for nothing in another.
 *
 * @param isNew whether it has yet to be told
 */
record BrowserId(String id, boolean isNew) {

    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");

    static BrowserId of(String shown) {
        return shown != null && FORM.matcher(shown).matches()
                ? new BrowserId(shown, false)
                : new BrowserId(RandomText.of(BYTES), true);
    }

    /** Says nothing of the id. */
    @Override
    public String toString() {
        return "BrowserId";
    }
}
