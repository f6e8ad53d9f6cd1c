package io.kriya.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Normalizes {@code Content-Type} and {@code Accept}, for clients that leave them out or vary them. */
class ContentTypes {

    /** A body without a type, or of any JSON type, is JSON; the response is JSON whatever the client accepts. */
    @ServerRequestFilter(preMatching = true)
    void normalize(ContainerRequestContext request) {
        var headers = request.getHeaders();
        headers.putSingle(HttpHeaders.ACCEPT, MediaType.WILDCARD);
        String declared = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        headers.putSingle(
                HttpHeaders.CONTENT_TYPE, isJson(declared) ? MediaType.APPLICATION_JSON : "application/x-other");
    }

    private static boolean isJson(String declared) {
        if (declared == null) {
            return true;
        }
        String type = declared.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }
}
