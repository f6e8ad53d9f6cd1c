package io.kriya.http.connection;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import java.io.IOException;
import java.io.InputStream;

/** How large a body may be. */
public final class BodyLimit {

    /** The largest, in bytes. */
    public static final int BYTES = 64 * 1024;

    private BodyLimit() {}

    /** Whether a {@code Content-Length}, if there is one, says that the body is larger. */
    static boolean isExceededBy(String contentLength) {
        // Longer than nine digits is more than an int can hold, and too large in any case.
        return contentLength != null && (contentLength.length() > 9 || Integer.parseInt(contentLength) > BYTES);
    }

    /**
     * Reads a body to its end.
     *
     * @throws ProblemException where it is larger, or breaks off
     */
    public static byte[] read(InputStream body, String contentLength) {
        if (isExceededBy(contentLength)) {
            // It is not waited for.
            throw new ProblemException(ErrorCode.PAYLOAD_TOO_LARGE);
        }
        try {
            byte[] bytes = body.readNBytes(BYTES + 1);
            if (bytes.length > BYTES) {
                throw new ProblemException(ErrorCode.PAYLOAD_TOO_LARGE);
            }
            return bytes;
        } catch (IOException brokenOff) {
            throw new ProblemException(ErrorCode.BAD_REQUEST);
        }
    }
}
