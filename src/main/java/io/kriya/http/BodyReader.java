package io.kriya.http;

import io.kriya.http.connection.BodyLimit;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Reads bodies up to the size limit. It is a {@link ServerMessageBodyReader} because for any other reader the
 * annotations of the resource are read by reflection at each request.
 */
abstract class BodyReader<T> implements ServerMessageBodyReader<T> {

    abstract boolean canRead(Class<?> type);

    abstract T read(Class<T> type, byte[] body) throws IOException;

    @Override
    public boolean isReadable(Class<?> type, Type generic, ResteasyReactiveResourceInfo resource, MediaType media) {
        return canRead(type);
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return canRead(type);
    }

    @Override
    public T readFrom(Class<T> type, Type generic, MediaType media, ServerRequestContext request) throws IOException {
        return read(type, BodyLimit.body(((ResteasyReactiveRequestContext) request).unwrap(RoutingContext.class)));
    }

    /** Of JAX-RS; not called. */
    @Override
    public T readFrom(
            Class<T> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body) {
        throw new UnsupportedOperationException();
    }
}
