package io.kriya.oauth.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.http.Form;
import io.kriya.security.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The one client that there is: what it is called, where it is, and how it proves itself. */
@ApplicationScoped
public class OAuthClient {

    private static final String BASIC = "Basic ";

    private final Optional<byte[]> id;
    private final List<byte[]> secrets;
    private final Set<String> redirectUris;

    /** What a call shows to prove whose it is. */
    record Credentials(String id, String secret) {

        /** Says nothing of the secret. */
        @Override
        public String toString() {
            return "Credentials";
        }
    }

    OAuthClient(OAuthConfig config) {
        id = config.clientId().filter(_ -> config.isEnabled()).map(OAuthClient::digest);
        secrets = Stream.of(config.clientSecret(), config.clientSecretPrevious())
                .flatMap(Optional::stream)
                .map(OAuthClient::digest)
                .toList();
        redirectUris = Set.copyOf(config.redirectUris().orElse(List.of()));
    }

    public boolean hasId(String shown) {
        return id.filter(known -> MessageDigest.isEqual(known, digest(shown))).isPresent();
    }

    /** Exactly, character by character (RFC 9700, 2.1). */
    public boolean allowsRedirectTo(String uri) {
        return redirectUris.contains(uri);
    }

    /** Whether they are the client's; every secret is compared, and the time tells nothing of them. */
    boolean authenticates(Credentials shown) {
        byte[] secret = digest(shown.secret());
        boolean proven = false;
        for (byte[] known : secrets) {
            proven |= MessageDigest.isEqual(known, secret);
        }
        return hasId(shown.id()) & proven;
    }

    /**
     * Reads them from a form, or from the header (RFC 6749, 2.3.1).
     *
     * @throws OAuthException where there are none, or both
     */
    static Credentials shown(Form form, String authorization) {
        boolean inHeader = authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length());
        if (inHeader && form.get("client_secret").isPresent()) {
            throw new OAuthException(
                    OAuthError.INVALID_REQUEST, "The client proves itself by the header or by the form, not by both.");
        }
        return (inHeader ? decoded(authorization.substring(BASIC.length())) : of(form))
                .orElseThrow(() -> new OAuthException(OAuthError.INVALID_CLIENT, "The client has to prove itself."));
    }

    private static Optional<Credentials> of(Form form) {
        return form.get("client_id")
                .flatMap(id -> form.get("client_secret").map(secret -> new Credentials(id, secret)));
    }

    private static Optional<Credentials> decoded(String basic) {
        try {
            String[] parts = new String(Base64.getDecoder().decode(basic.strip()), UTF_8).split(":", 2);
            return parts.length < 2
                    ? Optional.empty()
                    : Optional.of(
                            new Credentials(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8)));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static byte[] digest(String text) {
        return Sha256.of(text.getBytes(UTF_8));
    }
}
