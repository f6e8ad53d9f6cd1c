package io.kriya.http;

import io.kriya.http.connection.BodyLimit;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Reads the forms of browsers and of clients of OAuth, whatever they call them. */
@Provider
@Consumes(MediaType.WILDCARD)
public class FormReader implements ServerMessageBodyReader<Form> {

    @Override
    public boolean isReadable(Class<?> type, Type generic, ResteasyReactiveResourceInfo resource, MediaType media) {
        return type == Form.class;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == Form.class;
    }

    @Override
    public Form readFrom(Class<Form> type, Type generic, MediaType media, ServerRequestContext request)
            throws IOException {
        return read(request.getInputStream(), request.getRequestHeaders().getHeaderString(HttpHeaders.CONTENT_LENGTH));
    }

    @Override
    public Form readFrom(
            Class<Form> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return read(body, headers.getFirst(HttpHeaders.CONTENT_LENGTH));
    }

    private static Form read(InputStream body, String length) {
        ByteBuffer bytes = ByteBuffer.wrap(BodyLimit.read(body, length));
        try {
            return Form.parse(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString())
                    .orElseGet(Form::unreadable);
        } catch (CharacterCodingException notUtf8) {
            return Form.unreadable();
        }
    }
}
