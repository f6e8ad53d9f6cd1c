package io.kriya.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Kriya's external base URL. */
@ApplicationScoped
public class PublicUrl {

    private final Optional<URI> url;

    /** {@code PUBLIC_URL}, which is checked with the settings of the OAuth client. */
    PublicUrl(@ConfigProperty(name = "kriya.oauth.public-url") Optional<URI> url) {
        this.url = url;
    }

    /** Its path, such as {@code /kriya}; empty for none. */
    public String path() {
        return url.map(URI::getRawPath).orElse("");
    }

    /** Whether browsers connect by TLS, also where a proxy terminates it. */
    public boolean isHttps() {
        return url.map(URI::getScheme).filter("https"::equals).isPresent();
    }

    /** Itself; empty if it is not configured. */
    public Optional<String> base() {
        return url.map(URI::toString);
    }

    /** The external URL of a path. */
    public String of(String path) {
        return url.orElseThrow() + path;
    }
}
