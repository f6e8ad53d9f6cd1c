package io.kriya.http.address;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** How the address of a client is known. */
@ConfigMapping(prefix = "kriya.client")
public interface ClientConfig {

    /** Networks (CIDR) or single addresses of the proxies that may name the client's address; no others are believed. */
    Optional<List<String>> trustedProxies();
}
