package io.kriya.http;

/** A body as it came, for a signature over its bytes. */
public final class RawBody {

    private final byte[] bytes;

    RawBody(byte[] bytes) {
        this.bytes = bytes;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "RawBody";
    }
}
