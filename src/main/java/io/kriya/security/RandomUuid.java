package io.kriya.security;

import java.util.UUID;

/** A UUID of random bits (version 4, RFC 9562, 5.4). */
public final class RandomUuid {

    private RandomUuid() {}

    /** The UUID of 122 of these bits; it is as unpredictable as they are. */
    public static UUID of(long high, long low) {
        return new UUID(high & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L, low & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
    }
}
