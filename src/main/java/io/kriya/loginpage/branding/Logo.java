package io.kriya.loginpage.branding;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The logo at the top of each page. */
@RegisterForReflection
final class Logo {

    private static final int LARGEST = 16 * 1024;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** An svg element, after a byte order mark, a declaration and comments. */
    private static final Pattern SVG = Pattern.compile("\\A\\uFEFF?\\s*+(<[?!][^>]*+>\\s*+)*+<svg[\\s>]");

    private static final String SVG_TYPE = "image/svg+xml";

    private Logo() {}

    /** Kriya's own logo, in this colour. */
    static Asset standard(Color color) {
        String drawn = Asset.text("logo.svg")
                .replace("{color}", color.toString())
                .replace("{ink}", color.ink().toString());
        return new Asset(SVG_TYPE, drawn);
    }

    static Asset read(String path) {
        return read(path, "LOGIN_LOGO");
    }

    static Asset readDark(String path) {
        return read(path, "LOGIN_LOGO_DARK");
    }

    private static Asset read(String path, String setting) {
        byte[] content = content(path, setting);
        if (content.length > LARGEST) {
            throw new IllegalStateException(setting + " takes a file of at most 16 KiB.");
        }
        return new Asset(type(content, setting), content);
    }

    private static byte[] content(String path, String setting) {
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            return file.readNBytes(LARGEST + 1);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalStateException(setting + " takes the path of a file that can be read.", e);
        }
    }

    private static String type(byte[] content, String setting) {
        if (Arrays.equals(content, 0, Math.min(content.length, PNG.length), PNG, 0, PNG.length)) {
            return "image/png";
        }
        if (SVG.matcher(new String(content, StandardCharsets.UTF_8)).find()) {
            return SVG_TYPE;
        }
        throw new IllegalStateException(setting + " takes an SVG or a PNG.");
    }
}
