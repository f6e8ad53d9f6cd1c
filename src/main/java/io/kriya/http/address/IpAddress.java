package io.kriya.http.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads addresses as they are usually written; no name is ever looked up. */
final class IpAddress {

    /** Java alone would also read 127.1, and 010 as ten. */
    private static final Pattern IPV4 =
            Pattern.compile("(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})");

    /** With the zone of a link-local address, which is left out: it names an interface of one machine. */
    private static final Pattern IPV6 = Pattern.compile("([0-9a-fA-F:.]{2,45})(?:%[^%\\s]{1,64})?");

    private IpAddress() {}

    static Optional<InetAddress> parse(String text) {
        var six = IPV6.matcher(text);
        if (IPV4.matcher(text).matches()) {
            return literal(text);
        }
        return text.indexOf(':') >= 0 && six.matches() ? literal(six.group(1)) : Optional.empty();
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(plain(InetAddress.ofLiteral(text)));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Without a zone, and IPv4 where it is mapped into IPv6. */
    static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
