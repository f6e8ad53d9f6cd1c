package io.kriya.device;

import io.kriya.security.RandomText;
import io.kriya.security.Secret;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** The secret of a device, {@code kriya_device_} and 192 random bits. It logs nobody in. */
public final class DeviceSecret extends Secret {

    /** The form of a device's secret. */
    public static final String PATTERN = "kriya_device_[A-Za-z0-9_-]{32}";

    private static final String PREFIX = "kriya_device_";
    private static final int BYTES = 24;
    private static final Pattern FORM = Pattern.compile(PATTERN);

    private DeviceSecret(String text) {
        super(PREFIX, text);
    }

    public static DeviceSecret random() {
        return new DeviceSecret(PREFIX + RandomText.of(BYTES));
    }

    /** The secret of the first 192 bits. */
    public static DeviceSecret of(byte[] bytes) {
        return new DeviceSecret(
                PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, BYTES)));
    }

    /** Parses a presented secret, which may be null; empty if it does not have the form of one. */
    public static Optional<DeviceSecret> parse(String presented) {
        return Optional.ofNullable(presented).flatMap(text -> parse(text, FORM, DeviceSecret::new));
    }
}
