package io.kriya.http.address;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** An element of {@code Forwarded} (RFC 7239) or {@code X-Forwarded-For}. */
final class ForwardedElement {

    /** An IPv6 address in brackets or an IPv4 address, with an optional port (RFC 7239, 6). */
    private static final Pattern NODE =
            Pattern.compile("(?:\\[([^\\[\\]]{2,110})]|([0-9.]{7,15}))(?::(?:[0-9]{1,5}|_[0-9A-Za-z._-]{1,64}))?");

    private ForwardedElement() {}

    /**
     * The elements of all lines of a header (RFC 9110, 5.3), the last first. Parsed from the end, so that what a client
     * has sent can't change how the proxies' own elements are read.
     */
    static List<String> elements(List<String> lines) {
        return lines.reversed().stream()
                .flatMap(line -> partsFromEnd(line, ',').stream())
                .filter(element -> !element.isEmpty())
                .toList();
    }

    /** The address of an element of {@code Forwarded}. */
    static Optional<InetAddress> ofForwarded(String element) {
        List<String> clients = partsFromEnd(element, ';').stream()
                .filter(pair -> pair.regionMatches(true, 0, "for=", 0, 4))
                .map(pair -> pair.substring(4))
                .toList();
        return clients.size() == 1 ? of(unquoted(clients.getFirst())) : Optional.empty();
    }

    /** The address of an element of {@code X-Forwarded-For}. */
    static Optional<InetAddress> of(String node) {
        var match = NODE.matcher(node);
        if (!match.matches()) {
            return IpAddress.parse(node);
        }
        return match.group(1) == null
                ? IpAddress.parse(match.group(2))
                : IpAddress.parse(match.group(1)).filter(_ -> match.group(1).indexOf(':') >= 0);
    }

    /** Without unescaping: an address needs no escapes. */
    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static List<String> partsFromEnd(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int end = text.length();
        for (int i = end - 1; i >= 0; i--) {
            if (text.charAt(i) == '"' && !(quoted && isEscaped(text, i))) {
                quoted = !quoted;
            } else if (text.charAt(i) == separator && !quoted) {
                parts.add(text.substring(i + 1, end).strip());
                end = i;
            }
        }
        parts.add(text.substring(0, end).strip());
        return parts;
    }

    private static boolean isEscaped(String text, int quote) {
        int start = quote;
        while (start > 0 && text.charAt(start - 1) == '\\') {
            start--;
        }
        return (quote - start) % 2 == 1;
    }
}
