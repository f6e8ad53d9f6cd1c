package io.kriya.http.address;

/**
 * The address of a client, as the keys of rate limits.
 *
 * @param address the IPv4 address, or the /64 of the IPv6 address, as one household usually has a /64
 * @param network the IPv4 address, or the /48 of the IPv6 address, which one site may have (RFC 6177)
 */
public record RemoteAddress(String address, String network) {}
