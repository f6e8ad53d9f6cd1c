package io.kriya.http.address;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * A network in CIDR notation.
 *
 * @param address its first address
 * @param prefix its length in bits
 */
@RegisterForReflection
public record Network(InetAddress address, int prefix) {

    /** The length of the prefix of IPv4-mapped IPv6 addresses. */
    private static final int MAPPED = 96;

    public Network {
        address = IpAddress.plain(address);
        int rest = length(address) - prefix;
        if (prefix < 0
                || rest < 0
                || number(address).getLowestSetBit() >= 0 && number(address).getLowestSetBit() < rest) {
            throw new IllegalArgumentException("not a network");
        }
    }

    /** Parses {@code 10.0.0.0/8} or {@code 2001:db8::/32}; a single address is a network too. */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String first = slash < 0 ? text : text.substring(0, slash);
        InetAddress address = IpAddress.parse(first).orElseThrow(() -> new IllegalArgumentException("not an address"));
        if (slash < 0) {
            return new Network(address, length(address));
        }
        String prefix = text.substring(slash + 1);
        if (!prefix.matches("0|[1-9][0-9]{0,2}")) {
            throw new IllegalArgumentException("not a prefix");
        }
        boolean mapped = address instanceof Inet4Address && first.indexOf(':') >= 0;
        return new Network(address, Integer.parseInt(prefix) - (mapped ? MAPPED : 0));
    }

    /** With the whole internet as proxies, any client could name its address. */
    static boolean isOfProxies(String text) {
        return parse(text).prefix > 0;
    }

    public boolean contains(InetAddress other) {
        InetAddress plain = IpAddress.plain(other);
        return length(plain) == length(address)
                && number(plain).xor(number(address)).bitLength() <= length(address) - prefix;
    }

    private static int length(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }
}
