package io.kriya.http.address;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whom limits are counted for: the address that a request came from. Only a trusted proxy is believed when it says whom it
 * speaks for.
 */
@ApplicationScoped
public class ClientAddress {

    /** Whoever has no address: gone already, or at a Unix socket. */
    private static final String UNKNOWN = "unknown";

    private final List<Network> proxies;

    ClientAddress(ClientConfig config) {
        proxies = config.trustedProxies().orElse(List.of()).stream()
                .map(Network::parse)
                .toList();
    }

    /** The client's IPv4 address, or the /64 of its IPv6 address, of which one household has every address. */
    public String of(HttpServerRequest request) {
        return Optional.ofNullable(request.remoteAddress())
                .map(SocketAddress::hostAddress)
                .flatMap(IpAddress::parse)
                .map(peer -> of(
                        peer,
                        request.headers().getAll("Forwarded"),
                        request.headers().getAll("X-Forwarded-For")))
                .orElse(UNKNOWN);
    }

    String of(InetAddress peer, List<String> forwarded, List<String> xForwardedFor) {
        InetAddress plain = IpAddress.plain(peer);
        return key(isProxy(plain) ? named(plain, forwarded, xForwardedFor) : plain);
    }

    /** A proxy may write one header and pass the other on as its client wrote it: where they differ, neither is believed. */
    private InetAddress named(InetAddress proxy, List<String> forwarded, List<String> xForwardedFor) {
        List<InetAddress> named = Stream.of(
                        farthest(proxy, ForwardedElement.elements(forwarded), ForwardedElement::ofForwarded),
                        farthest(proxy, ForwardedElement.elements(xForwardedFor), ForwardedElement::of))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return named.size() == 1 ? named.getFirst() : proxy;
    }

    /** The hop farthest from here that a trusted one vouches for; empty without a list. */
    private Optional<InetAddress> farthest(
            InetAddress proxy, List<String> hops, Function<String, Optional<InetAddress>> reader) {
        if (hops.isEmpty()) {
            return Optional.empty();
        }
        InetAddress known = proxy;
        for (String hop : hops) {
            Optional<InetAddress> next = isProxy(known) ? reader.apply(hop) : Optional.empty();
            if (next.isEmpty()) {
                break;
            }
            known = next.get();
        }
        return Optional.of(known);
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(network -> network.contains(address));
    }

    private static String key(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        var key = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
            int group = (address.getAddress()[i] & 0xff) << 8 | address.getAddress()[i + 1] & 0xff;
            key.append(Integer.toHexString(group)).append(':');
        }
        return key + ":/64";
    }
}
