package io.kriya.http.address;

import io.kriya.setting.Format;
import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** How the address of a client is known. */
@ConfigMapping(prefix = "kriya.client")
public interface ClientConfig {

    /** Addresses and networks (CIDR) of the proxies that may name the client's address; no others are believed. */
    @Format(
            by = Network.class,
            method = "isOfProxies",
            message = "addresses and networks such as 10.0.0.0/8, separated by commas, or nothing")
    Optional<List<String>> trustedProxies();
}
