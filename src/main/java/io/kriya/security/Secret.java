package io.kriya.security;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A random text that authenticates its holder. It is never stored or logged; the database has its {@link #hash()}. */
public abstract class Secret {

    private final String prefix;
    private final String text;

    /** @param prefix what a log shows instead of the secret */
    protected Secret(String prefix, String text) {
        this.prefix = prefix;
        this.text = text;
    }

    /** Parses a presented secret; empty if it does not have this form. */
    protected static <S extends Secret> Optional<S> parse(String presented, Pattern form, Function<String, S> type) {
        return form.matcher(presented).matches() ? Optional.of(type.apply(presented)) : Optional.empty();
    }

    /** The secret itself, for its holder. */
    public final String reveal() {
        return text;
    }

    public final SecretHash hash() {
        return SecretHash.of(text);
    }

    /** Masked. */
    @Override
    public final String toString() {
        return prefix + "…";
    }
}
