package io.kriya.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads forms, whatever media type the client declares. */
@Provider
@Consumes(MediaType.WILDCARD)
public class FormReader extends BodyReader<Form> {

    @Override
    boolean canRead(Class<?> type) {
        return type == Form.class;
    }

    @Override
    Form read(Class<Form> type, byte[] body) {
        try {
            return Form.parse(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString())
                    .orElseGet(Form::unreadable);
        } catch (CharacterCodingException notUtf8) {
            return Form.unreadable();
        }
    }
}
