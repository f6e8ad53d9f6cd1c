package io.kriya.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Reads the headers of content as the clients of the contract mean them. */
class ContentTypes {

    /** JSON under any of its names is JSON, and so is a body of no declared type; whatever a client accepts, it gets JSON. */
    @ServerRequestFilter(preMatching = true)
    void normalise(ContainerRequestContext request) {
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
