package io.kriya.challenge;

import io.kriya.account.Digits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/** The six digits that are sent to a phone. */
public final class OneTimeCode {

    private static final Pattern FORM = Pattern.compile("[0-9]{6}");
    private static final long COUNT = 1_000_000;

    private final String digits;

    private OneTimeCode(String digits) {
        this.digits = digits;
    }

    /** Of secret bytes; of 64 bits no code is likelier than another by more than one in ten million million. */
    static OneTimeCode of(byte[] secret) {
        long number = Long.remainderUnsigned(ByteBuffer.wrap(secret).getLong(), COUNT);
        return new OneTimeCode("%06d".formatted(number));
    }

    /** Reads what a person typed: blanks and {@code -} are dropped, and the digits of every script are understood. */
    public static Optional<OneTimeCode> parse(String typed) {
        String digits = Digits.plain(typed, " -");
        return FORM.matcher(digits).matches() ? Optional.of(new OneTimeCode(digits)) : Optional.empty();
    }

    /** The digits themselves, to send. */
    public String reveal() {
        return digits;
    }

    /** In a time that tells nothing. */
    boolean matches(OneTimeCode other) {
        return MessageDigest.isEqual(
                digits.getBytes(StandardCharsets.US_ASCII), other.digits.getBytes(StandardCharsets.US_ASCII));
    }

    /** Says nothing of the digits. */
    @Override
    public String toString() {
        return "code …";
    }
}
