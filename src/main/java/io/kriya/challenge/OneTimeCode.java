package io.kriya.challenge;

import io.kriya.account.PastedText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The six digits of a one-time code. */
public final class OneTimeCode {

    private static final long COUNT = 1_000_000;

    private final String digits;

    private OneTimeCode(String digits) {
        this.digits = digits;
    }

    /** Derives a code from secret bytes. The modulo bias of 64 bits and a million codes is below 1 in 10^13. */
    static OneTimeCode of(byte[] secret) {
        long number = Long.remainderUnsigned(ByteBuffer.wrap(secret).getLong(), COUNT);
        return new OneTimeCode("%06d".formatted(number));
    }

    /** Parses what a user typed or pasted, as {@link PastedText#findCode} says. */
    public static Optional<OneTimeCode> parse(String typed) {
        return PastedText.findCode(typed).map(OneTimeCode::new);
    }

    /** The digits, to be sent. */
    public String reveal() {
        return digits;
    }

    /** Compares in constant time. */
    boolean matches(OneTimeCode other) {
        return MessageDigest.isEqual(
                digits.getBytes(StandardCharsets.US_ASCII), other.digits.getBytes(StandardCharsets.US_ASCII));
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "code …";
    }
}
