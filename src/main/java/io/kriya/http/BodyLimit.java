package io.kriya.http;

/** How large a body may be. */
final class BodyLimit {

    /** The largest, in bytes. */
    static final int BYTES = 64 * 1024;

    private BodyLimit() {}

    /** Whether a {@code Content-Length}, if there is one, says that the body is larger. */
    static boolean isExceededBy(String contentLength) {
        // Longer than nine digits is more than an int can hold, and too large in any case.
        return contentLength != null && (contentLength.length() > 9 || Integer.parseInt(contentLength) > BYTES);
    }
}
