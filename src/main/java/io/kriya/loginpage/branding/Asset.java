package io.kriya.loginpage.branding;

import io.kriya.security.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A file that pages load, with a version that is a hash of its content. */
public final class Asset {

    private static final int VERSION_BYTES = 6;

    private final String type;
    private final byte[] content;
    private final String version;
    private final byte[] compressed;

    Asset(String type, byte[] content) {
        this.type = type;
        this.content = content;
        version = HexFormat.of().formatHex(Sha256.of(content), 0, VERSION_BYTES);
        compressed = compress(content);
    }

    private static byte[] compress(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
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

    /** The content as gzip. */
    public byte[] compressed() {
        return compressed;
    }

    public String version() {
        return version;
    }
}
