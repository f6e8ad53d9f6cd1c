package io.kriya.oauth.client;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The one OAuth client that users log in to: its id, its redirect URIs, and what users know it as. */
@ApplicationScoped
public class OAuthClient {

    private final Optional<ClientCredentials> credentials;
    private final Set<String> redirectUris;
    private final String name;
    private final String home;

    OAuthClient(OAuthConfig config) {
        credentials = config.credentials();
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
        return credentials.filter(known -> known.hasId(presented)).isPresent();
    }

    /** Exact comparison (RFC 9700, 2.1). */
    public boolean allowsRedirectTo(String uri) {
        return redirectUris.contains(uri);
    }
}
