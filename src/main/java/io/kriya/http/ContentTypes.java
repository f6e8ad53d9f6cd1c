package io.kriya.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** Normalizes {@code Content-Type} and {@code Accept}, for clients that leave them out or vary them. */
final class ContentTypes {

    private static final String JSON = "application/json";
    private static final String OTHER = "application/x-other";

    private ContentTypes() {}

    /** A body without a type, or of any JSON type, is JSON; the response is JSON whatever the client accepts. */
    static void normalize(RoutingContext context) {
        MultiMap headers = context.request().headers();
        if (headers.contains(HttpHeaders.ACCEPT)) {
            // This parses it, and the resource that does look at it gets the result.
            context.parsedHeaders();
            headers.remove(HttpHeaders.ACCEPT);
        }
        String declared = headers.get(HttpHeaders.CONTENT_TYPE);
        if (!JSON.equals(declared)) {
            headers.set(HttpHeaders.CONTENT_TYPE, isJson(declared) ? JSON : OTHER);
        }
    }

    private static boolean isJson(String declared) {
        if (declared == null) {
            return true;
        }
        String type = declared.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals(JSON) || (type.startsWith("application/") && type.endsWith("+json"));
    }
}
