package io.kriya.http.address;

/**
 * Where a login came from, for its user to recognize.
 *
 * @param device such as "Firefox on Android", at most 100 characters; null if the client does not say
 * @param network the client's masked address: of IPv4 its /24, of IPv6 its /48; null if it is not known
 */
public record ClientOrigin(String device, String network) {

    /** Neither is known. */
    public static final ClientOrigin UNKNOWN = new ClientOrigin(null, null);
}
