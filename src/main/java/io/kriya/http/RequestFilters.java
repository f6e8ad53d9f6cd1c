package io.kriya.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kriya.account.PhoneConfig;
import io.kriya.error.ErrorCode;
import io.kriya.error.Problem;
import io.kriya.http.connection.HttpConfig;
import io.kriya.http.connection.IncomingBodies;
import io.kriya.oauth.client.OAuthConfig;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** What happens to every request before it is routed. */
@Singleton
class RequestFilters {

    private static final Logger ACCESS = Logger.getLogger("io.kriya.access");
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-ID");
    private static final String IDENTIFIED = "io.kriya.http.identified";
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");

    /** What may be logged as it is: neither a token nor a phone number is. */
    private static final Pattern SANE_ID =
            Pattern.compile("(?!.*kriya_)(?![0-9.:-]{9,20}$)[0-9A-Za-z._:-]{1,64}", Pattern.CASE_INSENSITIVE);

    private static final String DOCS_POLICY =
            "default-src 'none'; connect-src 'self'; font-src 'self'; img-src 'self' data:; "
                    + "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
                    + "frame-ancestors 'none'";

    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");

    /** The priority of Quarkus's own filter for cross-origin requests. */
    private static final int CORS = 300;

    /** A client that went away before it was answered; no status of HTTP, but what logs know it by. */
    private static final int GONE = 499;

    private final Set<String> origins;
    private final ObjectMapper json;
    private final LaunchMode mode;
    private final boolean verifiesPhones;
    private final boolean hasClient;
    private final String prefix;
    private final IncomingBodies bodies;
    private final boolean hasDocs;

    RequestFilters(
            @ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> origins,
            ObjectMapper json,
            PhoneConfig phone,
            OAuthConfig oauth,
            PublicUrl url,
            IncomingBodies bodies,
            HttpConfig http,
            LaunchMode mode) {
        this.origins = Set.copyOf(origins.orElse(List.of()));
        this.json = json;
        this.mode = mode;
        verifiesPhones = phone.isVerified();
        hasClient = oauth.isEnabled();
        prefix = url.path();
        this.bodies = bodies;
        hasDocs = http.docs();
    }

    void register(@Observes Filters filters) {
        if (!prefix.isEmpty()) {
            // First: what is routed anew loses the headers of its answer.
            filters.register(this::dropPrefix, CORS + 5);
        }
        filters.register(this::identify, CORS + 4);
        bodies.start(this::refuse);
        filters.register(bodies::takeIn, CORS + 3);
        filters.register(this::refuseMalformed, CORS + 2);
        filters.register(this::passForeignOrigins, CORS + 1);
        filters.register(this::refuseOtherMethods, CORS - 1);
    }

    /** What is refused before the first filter, its body unread; also what the router itself takes for no request. */
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::refuseAmbiguous).failureHandler(context -> {
            int status = context.statusCode();
            if (status == ErrorCode.BAD_REQUEST.status()) {
                // Without a host, say (RFC 9110, 7.2). Quarkus would log it as a fault.
                refuseUnread(context, faultOf(context.request()).orElse(ErrorCode.BAD_REQUEST));
            } else if (status == ErrorCode.NOT_FOUND.status() && context.get(IDENTIFIED) == null) {
                // Its target is no path.
                refuseUnread(context, faultOf(context.request()).orElse(ErrorCode.NOT_FOUND));
            } else {
                context.next();
            }
        });
    }

    /** A proxy may pass the path on that Kriya is published under, or not. */
    private void dropPrefix(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isUri(request.uri())) {
            // Refused once its body has been read.
            context.next();
            return;
        }
        Routes.withoutPrefix(context.normalizedPath(), prefix)
                .ifPresentOrElse(
                        own -> context.reroute(request.query() == null ? own : own + "?" + request.query()),
                        context::next);
    }

    private void identify(RoutingContext context) {
        // It may be routed anew.
        if (context.get(IDENTIFIED) == null) {
            begin(context);
        }
        context.next();
    }

    private static void begin(RoutingContext context) {
        context.put(IDENTIFIED, true);
        long start = System.nanoTime();
        String given = context.request().getHeader(REQUEST_ID);
        String id = given != null && SANE_ID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        MDC.put("request_id", id);
        context.response().putHeader(REQUEST_ID, id);
        context.addHeadersEndHandler(_ -> {
            // What a browser or a proxy may keep says so itself.
            var headers = context.response().headers();
            if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
                headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
            }
            headers.set(CONTENT_TYPE_OPTIONS, NO_SNIFF);
        });
        context.addEndHandler(end -> {
            MDC.put("request_id", id);
            log(context, end, start);
        });
    }

    private void refuseAmbiguous(RoutingContext context) {
        HttpServerRequest request = context.request();
        ErrorCode error = faultOf(request).orElse(null);
        if (error == null
                && (request.headers().getAll(HttpHeaders.HOST).size() > 1 || hasUnknownCoding(request.headers()))) {
            // A proxy in between may have looked at the other one (RFC 9112, 3.2), or see another end of the body
            // (6.1).
            error = ErrorCode.BAD_REQUEST;
        }
        if (error == null) {
            context.next();
        } else {
            refuseUnread(context, error);
        }
    }

    private static boolean hasUnknownCoding(MultiMap headers) {
        List<String> codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        return !codings.isEmpty() && !(codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"));
    }

    private void refuseUnread(RoutingContext context, ErrorCode error) {
        if (context.get(IDENTIFIED) == null) {
            begin(context);
        }
        IncomingBodies.closeAfterAnswer(context);
        refuse(context, error);
    }

    /** What keeps a request from being one of HTTP, as far as it has been decoded. */
    private static Optional<ErrorCode> faultOf(HttpServerRequest request) {
        if (request.decoderResult().isFailure()) {
            return Optional.of(
                    switch (request.decoderResult().cause()) {
                        case TooLongHttpLineException _ -> ErrorCode.URI_TOO_LONG;
                        case TooLongHttpHeaderException _ -> ErrorCode.HEADERS_TOO_LARGE;
                        default -> ErrorCode.BAD_REQUEST;
                    });
        }
        return request.version() == null ? Optional.of(ErrorCode.HTTP_VERSION_NOT_SUPPORTED) : Optional.empty();
    }

    /** What is found when its body has been read: a broken chunk, or a URL that is none, whose connection is good. */
    private void refuseMalformed(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.decoderResult().isFailure()) {
            refuseUnread(context, ErrorCode.BAD_REQUEST);
        } else if (isUri(request.uri())) {
            context.next();
        } else {
            refuse(context, ErrorCode.BAD_REQUEST);
        }
    }

    private static boolean isUri(String text) {
        try {
            new URI(text);
            return true;
        } catch (URISyntaxException broken) {
            return false;
        }
    }

    private static void log(RoutingContext context, AsyncResult<Void> end, long start) {
        int status = end.succeeded() ? context.response().getStatusCode() : GONE;
        long millis = (System.nanoTime() - start) / 1_000_000;
        HttpServerRequest request = context.request();
        if (request.path() != null && Routes.isProbe(request.path())) {
            return;
        }
        String method = Routes.method(request.method().name());
        // Not infof: a format takes longer than all else here.
        ACCESS.info(method + " " + LoggedPath.of(request.path()) + " " + status + " " + millis + " ms");
    }

    /**
     * Requests from origins that are not listed are answered without CORS headers, so that the browser withholds the
     * answer; the login page never has them. Quarkus alone would answer 403, also to the documentation's own page
     * behind a proxy that ends TLS.
     */
    private void passForeignOrigins(RoutingContext context) {
        var headers = context.request().headers();
        String origin = headers.get(HttpHeaders.ORIGIN);
        if (origin != null) {
            context.response().putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
            if (!origins.contains(origin) || Routes.isPage(withoutParameters(context.normalizedPath()))) {
                headers.remove(HttpHeaders.ORIGIN);
            }
        }
        context.next();
    }

    private void refuseOtherMethods(RoutingContext context) {
        String path = withoutParameters(context.normalizedPath());
        HttpMethod method = context.request().method();
        List<String> allowed = Routes.methodsOf(path).orElse(null);
        if (Routes.isOfVerification(path) && !verifiesPhones
                || Routes.isOfClient(path) && !hasClient
                || Routes.isOfDocs(path) && !hasDocs) {
            refuse(context, ErrorCode.NOT_FOUND);
        } else if (allowed == null
                && (Routes.isOfDocs(path) || path.startsWith("/q/") && mode != LaunchMode.DEVELOPMENT)) {
            // A page of the documentation by another name; or a group of health checks, of which any name would be up.
            refuse(context, ErrorCode.NOT_FOUND);
        } else if (allowed == null) {
            // Not one of the API's; dev mode has pages of its own.
            context.next();
        } else if (method.equals(HttpMethod.OPTIONS)) {
            allow(context, allowed).end();
        } else if (!allowed.contains(method.name())) {
            allow(context, allowed);
            refuse(context, ErrorCode.METHOD_NOT_ALLOWED);
        } else if (Routes.isOfDocs(path)) {
            documentation(context, path);
        } else {
            context.next();
        }
    }

    /** The page runs scripts and styles of its own that stand in it; nothing of another host, and in no frame. */
    private static void documentation(RoutingContext context, String path) {
        context.response().putHeader("Content-Security-Policy", DOCS_POLICY).putHeader("X-Frame-Options", "DENY");
        if (path.startsWith("/openapi") && path.endsWith("/")) {
            context.reroute(Routes.withoutSlash(path));
        } else {
            context.next();
        }
    }

    private static HttpServerResponse allow(RoutingContext context, List<String> methods) {
        return context.response().putHeader(HttpHeaders.ALLOW, String.join(", ", methods));
    }

    /** The router of the API ignores what follows a semicolon, in every part of a path (RFC 3986, 3.3). */
    private static String withoutParameters(String path) {
        return path.indexOf(';') < 0 ? path : PARAMETERS.matcher(path).replaceAll("");
    }

    private void refuse(RoutingContext context, ErrorCode error) {
        if (error == ErrorCode.OVERLOADED) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        try {
            context.response()
                    .setStatusCode(error.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .end(json.writeValueAsString(Problem.of(error)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
