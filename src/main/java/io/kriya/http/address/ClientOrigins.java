package io.kriya.http.address;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet4Address;
import java.net.InetAddress;

/** Reads the {@link ClientOrigin} of a request. */
@ApplicationScoped
public class ClientOrigins {

    private final ClientAddress addresses;

    ClientOrigins(ClientAddress addresses) {
        this.addresses = addresses;
    }

    public ClientOrigin of(HttpServerRequest request) {
        return new ClientOrigin(
                DeviceName.of(request.getHeader(HttpHeaders.USER_AGENT)),
                network(addresses.of(request).address()));
    }

    /** Masks a key of rate limits: an IPv4 address, or the /64 of an IPv6 address. */
    static String network(String key) {
        return IpAddress.parse(key.replaceFirst("/64$", ""))
                .map(ClientOrigins::masked)
                .orElse(null);
    }

    private static String masked(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? "%d.%d.%d.0/24".formatted(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff)
                : "%x:%x:%x::/48".formatted(group(bytes, 0), group(bytes, 2), group(bytes, 4));
    }

    private static int group(byte[] bytes, int index) {
        return (bytes[index] & 0xff) << Byte.SIZE | bytes[index + 1] & 0xff;
    }
}
