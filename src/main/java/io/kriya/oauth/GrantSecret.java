package io.kriya.oauth;

import io.kriya.security.RandomText;
import io.kriya.security.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/** An authorization code or an access token: the prefix of its kind, then 256 random bits in base64url. */
public final class GrantSecret extends Secret {

    /** The kind of a secret. One kind is never accepted as another, nor as a login token. */
    public enum Kind {
        CODE("kriya_ac_"),
        ACCESS_TOKEN("kriya_at_");

        private final String prefix;
        private final Pattern form;

        Kind(String prefix) {
            this.prefix = prefix;
            form = Pattern.compile(prefix + "[A-Za-z0-9_-]{43}");
        }
    }

    private static final int BYTES = 32;

    private GrantSecret(String text) {
        super("kriya_", text);
    }

    public static GrantSecret random(Kind kind) {
        return new GrantSecret(kind.prefix + RandomText.of(BYTES));
    }

    /** Parses a presented secret; empty if it does not have the form of this kind. */
    public static Optional<GrantSecret> parse(Kind kind, String presented) {
        return parse(presented, kind.form, GrantSecret::new);
    }
}
