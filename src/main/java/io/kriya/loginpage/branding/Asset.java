package io.kriya.loginpage.branding;

import io.kriya.security.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A file that pages load, with a version that is a hash of its content. */
public final class Asset {

    private static final int VERSION_BYTES = 6;

    private final String type;
    private final byte[] content;
    private final String version;

    Asset(String type, byte[] content) {
        this.type = type;
        this.content = content;
        version = HexFormat.of().formatHex(Sha256.of(content), 0, VERSION_BYTES);
    }

    Asset(String type, String text) {
        this(type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text of a resource of the login page. */
    static String text(String name) {
        try (var file = Asset.class.getResourceAsStream("/login/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String type() {
        return type;
    }

    public byte[] content() {
        return content;
    }

    public String version() {
        return version;
    }
}
