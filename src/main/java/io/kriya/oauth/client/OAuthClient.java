package io.kriya.oauth.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.security.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
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

    OAuthClient(OAuthConfig config) {
        id = config.clientId().filter(_ -> config.isEnabled()).map(OAuthClient::hash);
        secrets = Stream.of(config.clientSecret(), config.clientSecretPrevious())
                .flatMap(Optional::stream)
                .map(OAuthClient::hash)
                .toList();
        redirectUris = Set.copyOf(config.redirectUris().orElse(List.of()));
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
