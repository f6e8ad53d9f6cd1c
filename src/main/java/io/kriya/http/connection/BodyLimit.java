package io.kriya.http.connection;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import java.io.IOException;
import java.io.InputStream;

/** The size limit of request bodies. */
public final class BodyLimit {

    /** The limit in bytes. */
    public static final int BYTES = 64 * 1024;

    private BodyLimit() {}

    /** Whether a {@code Content-Length} is over the limit; null is not. */
    static boolean isExceededBy(String contentLength) {
        // Ten digits may not fit an int.
        return contentLength != null && (contentLength.length() > 9 || Integer.parseInt(contentLength) > BYTES);
    }

    /**
     * Reads a whole body.
     *
     * @throws ProblemException if it is over the limit
     */
    public static byte[] read(InputStream body, String contentLength) throws IOException {
        if (isExceededBy(contentLength)) {
            // The server has not read it.
            throw new ProblemException(ErrorCode.PAYLOAD_TOO_LARGE);
        }
        if (contentLength != null) {
            // Without a length, a stream is read into 16 KiB at least.
            return body.readNBytes(Integer.parseInt(contentLength));
        }
        byte[] bytes = body.readNBytes(BYTES + 1);
        if (bytes.length > BYTES) {
            throw new ProblemException(ErrorCode.PAYLOAD_TOO_LARGE);
        }
        return bytes;
    }
}
