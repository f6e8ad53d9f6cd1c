package io.kriya.loginpage;

import io.kriya.http.PublicUrl;
import io.kriya.oauth.client.OAuthConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** The security headers of the login page. */
@ApplicationScoped
class SecurityHeaders {

    private static final String PAGES = "/oauth/authorize";
    private static final String A_YEAR = "max-age=31536000";

    private final Map<String, String> headers = new LinkedHashMap<>();

    SecurityHeaders(OAuthConfig config, PublicUrl url) {
        headers.put("Content-Security-Policy", policy(config.redirectUris().orElse(List.of())));
        headers.put("X-Frame-Options", "DENY");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cache-Control", "no-store");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        if (url.isHttps()) {
            headers.put("Strict-Transport-Security", A_YEAR);
            // Browsers ignore it without TLS, with a warning.
            headers.put("Cross-Origin-Opener-Policy", "same-origin");
        }
    }

    /** Chromium also applies {@code form-action} to redirects after a form, the last of which is to the client. */
    private static String policy(List<String> redirectUris) {
        String targets = Stream.concat(
                        Stream.of("'self'"), redirectUris.stream().map(SecurityHeaders::origin))
                .distinct()
                .collect(Collectors.joining(" "));
        return "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action " + targets
                + "; base-uri 'none'; frame-ancestors 'none'";
    }

    private static String origin(String url) {
        URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** Read late, as filters are created before there is a configuration. */
    Map<String, String> all() {
        return headers;
    }

    /** Adds the headers to every response, errors included. */
    @Singleton
    static class Filter {

        private final SecurityHeaders headers;

        Filter(SecurityHeaders headers) {
            this.headers = headers;
        }

        @ServerResponseFilter
        void add(ContainerRequestContext request, ContainerResponseContext response) {
            if (request.getUriInfo().getPath().startsWith(PAGES)) {
                headers.all().forEach(response.getHeaders()::putSingle);
            }
        }
    }
}
