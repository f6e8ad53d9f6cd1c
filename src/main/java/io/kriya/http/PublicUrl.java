package io.kriya.http;

import io.kriya.oauth.client.OAuthConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;

/** What Kriya is called by from outside, whatever is in between. */
@ApplicationScoped
public class PublicUrl {

    private final Optional<URI> url;

    PublicUrl(OAuthConfig config) {
        url = config.publicUrl();
    }

    /** The path that it is published under, such as {@code /kriya}; empty for none. */
    public String path() {
        return url.map(URI::getRawPath).orElse("");
    }

    /** Whether browsers come by TLS, also where something in between ends it. */
    public boolean isHttps() {
        return url.map(URI::getScheme).filter("https"::equals).isPresent();
    }

    /** The whole URL of one of Kriya's own paths. */
    public String of(String path) {
        return url.orElseThrow() + path;
    }
}
