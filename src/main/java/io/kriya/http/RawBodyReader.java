package io.kriya.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/** Reads bodies as they come, whatever media type the client declares. */
@Provider
@Consumes(MediaType.WILDCARD)
public class RawBodyReader extends BodyReader<RawBody> {

    @Override
    boolean canRead(Class<?> type) {
        return type == RawBody.class;
    }

    @Override
    RawBody read(Class<RawBody> type, byte[] body) {
        return new RawBody(body);
    }
}
