package io.kriya.http;

import java.util.Collection;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;

/** Negotiates a language by the header {@code Accept-Language} (RFC 9110, 12.5.4; RFC 4647, 3.4). */
public final class AcceptLanguage {

    /** Browsers send shorter headers, and a longer one takes long to parse. */
    private static final int MAX_LENGTH = 1000;

    private AcceptLanguage() {}

    /** The best of the available languages; empty for a missing, malformed or too long header, or without a match. */
    public static Optional<Locale> best(String header, Collection<Locale> available) {
        if (header == null || header.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Locale.lookup(LanguageRange.parse(header), available));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
