package io.kriya.http.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses IP addresses; never resolves a host name. */
final class IpAddress {

    /** Java would also accept 127.1, and read 010 as ten. */
    private static final Pattern IPV4 =
            Pattern.compile("(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})");

    /** The zone of a link-local address, an interface of one machine, is dropped. */
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

    /** Without a zone; an IPv4-mapped IPv6 address becomes IPv4. */
    static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
