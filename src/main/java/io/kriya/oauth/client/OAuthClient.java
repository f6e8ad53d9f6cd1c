package io.kriya.oauth.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.security.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The one OAuth client: its id, secrets and redirect URIs. Ids and secrets are compared in constant time, by hash. */
@ApplicationScoped
public class OAuthClient {

    private final Optional<byte[]> id;
    private final List<byte[]> secrets;
    private final Set<String> redirectUris;
    private final String name;
    private final String home;

    OAuthClient(OAuthConfig config) {
        id = config.clientId().filter(_ -> config.isEnabled()).map(OAuthClient::hash);
        secrets = Stream.of(config.clientSecret(), config.clientSecretPrevious())
                .flatMap(Optional::stream)
                .map(OAuthClient::hash)
                .toList();
        redirectUris = Set.copyOf(config.redirectUris().orElse(List.of()));
        Optional<URI> first = config.redirectUris().map(uris -> URI.create(uris.getFirst()));
        name = config.clientName().or(() -> first.map(URI::getHost)).orElse("");
        home = first.map(uri -> uri.resolve("/").toString()).orElse("");
    }

    /** What users know the client as; if that is not configured, the host of the first redirect URI. */
    public String name() {
        return name;
    }

    /** The root of the site that has the first redirect URI. */
    public String home() {
        return home;
    }

    public boolean hasId(String presented) {
        return id.filter(known -> MessageDigest.isEqual(known, hash(presented))).isPresent();
    }

    /** Compares with the current secret and the previous one, always with both. */
    boolean hasSecret(String presented) {
        byte[] hash = hash(presented);
        boolean isEqual = false;
        for (byte[] known : secrets) {
            isEqual |= MessageDigest.isEqual(known, hash);
        }
        return isEqual;
    }

    /** Exact comparison (RFC 9700, 2.1). */
    public boolean allowsRedirectTo(String uri) {
        return redirectUris.contains(uri);
    }

    private static byte[] hash(String text) {
        return Sha256.of(text.getBytes(UTF_8));
    }
}
