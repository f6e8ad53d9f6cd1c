package io.kriya.http;

import io.kriya.http.connection.HttpConfig;
import io.kriya.http.connection.Probes;
import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.handlers.ResourceRequestFilterHandler;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;

/**
 * The routes of all resources, as RESTEasy Reactive has them, and those of Quarkus: documentation and health probes.
 */
@Singleton
class Routes {

    private static final Set<String> DOCS =
            Set.of("/docs", "/openapi", "/openapi.json", "/openapi.yaml", "/openapi.yml");

    private static final SortedSet<String> GET = new TreeSet<>(Set.of("GET", "HEAD", "OPTIONS"));

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private static final String OTHER = "other";

    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");

    private static final Pattern TEMPLATE = Pattern.compile("\\{[^}]*}");

    private final Map<String, Route> routes = new HashMap<>();

    /** The paths that have parameters, by the paths that they match. */
    private final Map<Pattern, String> templates = new HashMap<>();

    private final Route probe = new Route(GET, true);
    private final Route docs;

    /**
     * One path.
     *
     * @param methods with {@code OPTIONS}, and {@code HEAD} where there is {@code GET}; sorted
     * @param isEnabled whether the features that it requires are on
     */
    record Route(SortedSet<String> methods, boolean isEnabled) {

        Route and(Route other) {
            var all = new TreeSet<>(methods);
            all.addAll(other.methods);
            return new Route(all, isEnabled && other.isEnabled);
        }

        /** The value of {@code Allow} (RFC 9110, 10.2.1). */
        String allow() {
            return String.join(", ", methods);
        }
    }

    Routes(HttpConfig config) {
        RuntimeResourceVisitor.visitRuntimeResources(
                "", ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers(), new RuntimeResourceVisitor() {
                    @Override
                    public void visitRuntimeResource(String method, String path, RuntimeResource resource) {
                        var methods = method.equals("GET") ? GET : new TreeSet<>(Set.of("OPTIONS", method));
                        routes.merge(withoutSlash(path), new Route(methods, isEnabled(resource)), Route::and);
                    }
                });
        routes.keySet().stream()
                .filter(path -> path.indexOf('{') >= 0)
                .forEach(path ->
                        templates.put(Pattern.compile(TEMPLATE.matcher(path).replaceAll("[^/]+")), path));
        docs = new Route(GET, config.hasDocs());
    }

    private static boolean isEnabled(RuntimeResource resource) {
        return Arrays.stream(resource.getHandlerChain())
                .map(handler -> handler instanceof ResourceRequestFilterHandler bound ? bound.getFilter() : null)
                .allMatch(filter -> !(filter instanceof FeatureFilter feature) || feature.isEnabled());
    }

    /** The route of a path, whether or not a slash follows it. */
    Optional<Route> find(String path) {
        if (Probes.isProbe(path)) {
            return Optional.of(probe);
        }
        if (path.startsWith("/docs/") || DOCS.contains(withoutSlash(path))) {
            return Optional.of(docs);
        }
        return Optional.ofNullable(routes.get(template(path)));
    }

    /** The path of the route that has this path, which may be a template; if there is none, the path itself. */
    String template(String path) {
        String plain = withoutSlash(path);
        return routes.containsKey(plain)
                ? plain
                : templates.entrySet().stream()
                        .filter(template -> template.getKey().matcher(plain).matches())
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(plain);
    }

    /** What a path is called in metrics: its route, or one common label for all that are none. */
    String label(String path) {
        if (path == null) {
            return OTHER;
        }
        String plain = withoutParameters(path);
        return plain.startsWith("/docs/") ? "/docs" : find(plain).isPresent() ? template(plain) : OTHER;
    }

    boolean isResource(String path) {
        return routes.containsKey(path);
    }

    /** Whether a path is one of the known routes, so that no part of it comes from the client. */
    boolean isFixed(String path) {
        return Probes.isProbe(path) || DOCS.contains(withoutSlash(path)) || isResource(withoutSlash(path));
    }

    static boolean isDocs(String path) {
        return path.startsWith("/docs") || path.startsWith("/openapi");
    }

    /** A standard method as it is, or one common label for all others. */
    static String method(String name) {
        return METHODS.contains(name) ? name : OTHER;
    }

    static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** RESTEasy Reactive ignores matrix parameters in every segment of a path (RFC 3986, 3.3). */
    static String withoutParameters(String path) {
        return path.indexOf(';') < 0 ? path : PARAMETERS.matcher(path).replaceAll("");
    }
}
