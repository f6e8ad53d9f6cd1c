package io.kriya.http.address;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A short name of a device for its user, made of {@code User-Agent} (RFC 9110, 10.1.5). It proves nothing. */
final class DeviceName {

    /** What a header contains, and the name of what sends it. Browsers name others, too: the first match counts. */
    private record Known(String token, String name) {}

    private static final List<Known> SYSTEMS = List.of(
            new Known("iPhone", "iPhone"),
            new Known("iPad", "iPad"),
            new Known("Android", "Android"),
            new Known("Windows", "Windows"),
            new Known("CrOS", "ChromeOS"),
            new Known("Macintosh", "Mac"),
            new Known("Linux", "Linux"));

    private static final List<Known> BROWSERS = List.of(
            new Known("Edg", "Edge"),
            new Known("OPR/", "Opera"),
            new Known("SamsungBrowser/", "Samsung Internet"),
            new Known("Firefox/", "Firefox"),
            new Known("FxiOS/", "Firefox"),
            new Known("Chrome/", "Chrome"),
            new Known("CriOS/", "Chrome"),
            new Known("Safari/", "Safari"));

    /** The first product, without its version. Browsers all claim to be Mozilla. */
    private static final Pattern PRODUCT = Pattern.compile("(?!Mozilla/)([A-Za-z][A-Za-z._-]{0,39})(/.*|\\s.*|)");

    private DeviceName() {}

    /** Null if nothing is recognized. */
    static String of(String userAgent) {
        if (userAgent == null) {
            return null;
        }
        String system = find(SYSTEMS, userAgent).orElse(null);
        return program(userAgent)
                .map(program -> system == null ? program : program + " on " + system)
                .orElse(system);
    }

    private static Optional<String> program(String userAgent) {
        var product = PRODUCT.matcher(userAgent);
        return product.matches() ? Optional.of(product.group(1)) : find(BROWSERS, userAgent);
    }

    private static Optional<String> find(List<Known> known, String userAgent) {
        return known.stream()
                .filter(one -> userAgent.contains(one.token()))
                .map(Known::name)
                .findFirst();
    }
}
