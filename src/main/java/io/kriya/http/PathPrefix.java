package io.kriya.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Removes the path of the public URL from a request's path: a proxy may pass it on or strip it. {@code
 * quarkus.http.root-path} is fixed at build time, so it can't do this.
 */
@Singleton
class PathPrefix {

    private static final String METADATA = "/.well-known/oauth-authorization-server";

    /** The paths that browsers and OAuth clients request under the public URL. */
    private static final Pattern PUBLIC = Pattern.compile("/oauth/.*|/api/v4/.*|" + Pattern.quote(METADATA) + "/?");

    private final String prefix;
    private final Routes routes;

    PathPrefix(PublicUrl url, Routes routes) {
        prefix = url.path();
        this.routes = routes;
    }

    boolean isSet() {
        return !prefix.isEmpty();
    }

    void strip(RoutingContext context) {
        String query = context.request().query();
        (MalformedRequests.hasUri(context) ? stripped(context.normalizedPath()) : Optional.<String>empty())
                .ifPresentOrElse(path -> context.reroute(query == null ? path : path + "?" + query), context::next);
    }

    /** The path behind the prefix; for metadata the prefix is at the end instead (RFC 8414, 3.1). */
    private Optional<String> stripped(String path) {
        return Stream.of(
                        path.startsWith(prefix) ? path.substring(prefix.length()) : "",
                        path.equals(METADATA + prefix) ? METADATA : "")
                .filter(own -> PUBLIC.matcher(own).matches() && routes.find(own).isPresent())
                .findFirst();
    }
}
