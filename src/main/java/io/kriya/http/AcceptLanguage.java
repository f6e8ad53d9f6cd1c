package io.kriya.http;

import java.util.Collection;
import java.util.List;
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
        return Optional.ofNullable(Locale.lookup(parse(header), available));
    }

    /** The country of the most preferred language that names one, such as {@code IN} of {@code en-IN}. */
    public static Optional<String> country(String header) {
        return parse(header).stream()
                .map(range -> Locale.forLanguageTag(range.getRange()).getCountry())
                .filter(country -> !country.isEmpty())
                .findFirst();
    }

    /** The ranges, the most preferred first; none for a missing, malformed or too long header. */
    private static List<LanguageRange> parse(String header) {
        if (header == null || header.length() > MAX_LENGTH) {
            return List.of();
        }
        try {
            return LanguageRange.parse(header);
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
    }
}
