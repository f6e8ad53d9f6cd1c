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
 * The client's address, the key of rate limits. Forwarding headers count only if they come from a trusted proxy.
 */
@ApplicationScoped
public class ClientAddress {

    /** The connection is closed already, or it is a Unix socket. */
    private static final RemoteAddress UNKNOWN = new RemoteAddress("unknown", "unknown");

    private final List<Network> proxies;

    ClientAddress(ClientConfig config) {
        proxies = config.trustedProxies().orElse(List.of()).stream()
                .map(Network::parse)
                .toList();
    }

    public RemoteAddress of(HttpServerRequest request) {
        return Optional.ofNullable(request.remoteAddress())
                .map(SocketAddress::hostAddress)
                .flatMap(IpAddress::parse)
                .map(peer -> of(
                        peer,
                        request.headers().getAll("Forwarded"),
                        request.headers().getAll("X-Forwarded-For")))
                .orElse(UNKNOWN);
    }

    /** Whether a trusted proxy has sent a request, whose headers then count. */
    public boolean isFromProxy(HttpServerRequest request) {
        return Optional.ofNullable(request.remoteAddress())
                .map(SocketAddress::hostAddress)
                .flatMap(IpAddress::parse)
                .filter(this::isProxy)
                .isPresent();
    }

    RemoteAddress of(InetAddress peer, List<String> forwarded, List<String> xForwardedFor) {
        InetAddress plain = IpAddress.plain(peer);
        InetAddress client = isProxy(plain) ? forwardedFor(plain, forwarded, xForwardedFor) : plain;
        return client instanceof Inet4Address
                ? new RemoteAddress(client.getHostAddress(), client.getHostAddress())
                : new RemoteAddress(prefix(client, 64), prefix(client, 48));
    }

    /** A proxy may set one header and pass the other on as the client sent it: if they differ, both are ignored. */
    private InetAddress forwardedFor(InetAddress proxy, List<String> forwarded, List<String> xForwardedFor) {
        List<InetAddress> clients = Stream.of(
                        farthest(proxy, ForwardedElement.elements(forwarded), ForwardedElement::ofForwarded),
                        farthest(proxy, ForwardedElement.elements(xForwardedFor), ForwardedElement::of))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return clients.size() == 1 ? clients.getFirst() : proxy;
    }

    /** The address closest to the client that a trusted proxy reports; empty without a header. */
    private Optional<InetAddress> farthest(
            InetAddress proxy, List<String> elements, Function<String, Optional<InetAddress>> reader) {
        if (elements.isEmpty()) {
            return Optional.empty();
        }
        InetAddress known = proxy;
        for (String element : elements) {
            Optional<InetAddress> next = isProxy(known) ? reader.apply(element) : Optional.empty();
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

    private static String prefix(InetAddress address, int bits) {
        var key = new StringBuilder();
        for (int i = 0; i < bits / Byte.SIZE; i += 2) {
            int group = (address.getAddress()[i] & 0xff) << 8 | address.getAddress()[i + 1] & 0xff;
            key.append(Integer.toHexString(group)).append(':');
        }
        return key + ":/" + bits;
    }
}
