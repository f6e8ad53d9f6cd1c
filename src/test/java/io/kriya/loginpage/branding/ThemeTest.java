package io.kriya.loginpage.branding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThemeTest {

    private static final double READABLE = 4.5;
    private static final double VISIBLE = 3;
    private static final Pattern PROPERTY = Pattern.compile("--([a-z-]+): ?(#[0-9a-f]{3,6})");

    @TempDir
    Path folder;

    private record Settings(String name, Optional<String> logo, String color) implements LoginConfig {

        @Override
        public Optional<String> logoDark() {
            return Optional.empty();
        }

        @Override
        public Optional<String> termsUrl() {
            return Optional.empty();
        }

        @Override
        public Optional<String> privacyUrl() {
            return Optional.empty();
        }

        @Override
        public Optional<String> helpUrl() {
            return Optional.empty();
        }

        @Override
        public Optional<String> countryHeader() {
            return Optional.empty();
        }
    }

    private static Theme look(String name, String color) {
        return new Theme(new Settings(name, Optional.empty(), color));
    }

    private Asset logo(byte[] content) throws IOException {
        Path file = folder.resolve("logo");
        Files.write(file, content);
        return new Theme(new Settings("Kriya", Optional.of(file.toString()), "#000000")).logo();
    }

    private static String css(Theme look) {
        return new String(look.stylesheet().content(), UTF_8);
    }

    /** The colours of the stylesheet in light, and in dark, where what is said later wins. */
    private static Map<String, Color> colors(String css, boolean dark) {
        var colors = new HashMap<String, Color>();
        for (String part : css.split("(?=@media|\n}\n|}}\n)")) {
            if (dark || !part.startsWith("@media (prefers-color-scheme")) {
                PROPERTY.matcher(part)
                        .results()
                        .forEach(property -> colors.put(property.group(1), Color.parse(property.group(2))));
            }
        }
        return colors;
    }

    private static void assertThatAllIsSeen(Map<String, Color> colors) {
        assertContrast(colors, "ink", "accent", READABLE);
        for (String paper : new String[] {"surface", "page"}) {
            assertContrast(colors, "text", paper, 7);
            assertContrast(colors, "quiet", paper, READABLE);
            assertContrast(colors, "line", paper, VISIBLE);
        }
        assertContrast(colors, "edge", "surface", VISIBLE);
        assertContrast(colors, "bad", "surface", READABLE);
        assertContrast(colors, "bad", "bad-back", READABLE);
        assertContrast(colors, "good", "surface", READABLE);
    }

    private static void assertContrast(Map<String, Color> colors, String one, String other, double least) {
        assertThat(colors.get(one).contrast(colors.get(other)))
                .as("%s on %s: %s", one, other, colors)
                .isGreaterThanOrEqualTo(least);
    }

    @Test
    void everyColorIsReadableInLightAndInDark() {
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            String color = "#%06x".formatted(random.nextInt(0x1000000));
            String css = css(look("Kriya", color));
            assertThat(colors(css, false)).containsEntry("accent", Color.parse(color));
            assertThatAllIsSeen(colors(css, false));
            assertThatAllIsSeen(colors(css, true));
        }
        assertThat(colors(css(look("Kriya", "#000000")), true).get("surface")).isEqualTo(Theme.DARK);
        assertThat(colors(css(look("Kriya", "#000000")), false).get("surface")).isEqualTo(Theme.LIGHT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#ffffff", "#000000", "#767676", "#ffff00", "#1b1e24", "#0000ff"})
    void aColorLikeItsBackgroundIsReadableToo(String color) {
        String css = css(look("Kriya", color));
        assertThatAllIsSeen(colors(css, false));
        assertThatAllIsSeen(colors(css, true));
    }

    @Test
    void contrastIsThatOfWcag() {
        assertThat(Color.BLACK.contrast(Color.WHITE)).isEqualTo(21);
        assertThat(Color.parse("#777777").contrast(Color.WHITE)).isBetween(4.47, 4.49);
        assertThat(Color.parse("#FFFF00").ink()).isEqualTo(Color.BLACK);
        assertThat(Color.parse("#0000ff").ink()).isEqualTo(Color.WHITE);
    }

    @Test
    void aColorOfItsOwnIsAnotherStylesheetAndLogo() {
        Theme one = look("Kriya", "#112233");
        Theme other = look("Kriya", "#112234");
        assertThat(one.stylesheet().version())
                .isEqualTo(look("Kriya", "#112233").stylesheet().version())
                .isNotEqualTo(other.stylesheet().version());
        assertThat(new String(one.logo().content(), UTF_8)).contains("#112233").doesNotContain("{");
        assertThat(one.logo().version()).isNotEqualTo(other.logo().version());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "\uFEFF<?xml version='1.0'?>\n<!-- Ours. -->\n<!DOCTYPE svg>\n<svg>",
            })
    void anSvgIsTaken(String svg) throws IOException {
        Asset logo = logo(svg.getBytes(UTF_8));
        assertThat(logo.type()).isEqualTo("image/svg+xml");
        assertThat(logo.content()).isEqualTo(svg.getBytes(UTF_8));
    }

    @Test
    void aPngOfSixteenKibibytesIsTakenAndALargerOneNot() throws IOException {
        byte[] png = new byte[16 * 1024];
        System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, 0, png, 0, 8);
        assertThat(logo(png).type()).isEqualTo("image/png");
        assertThatThrownBy(() -> logo(new byte[16 * 1024 + 1]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("LOGIN_LOGO takes a file of at most 16 KiB.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GIF89a", "<html><svg></svg></html>", "svg", "\u0089PN"})
    void anotherFileIsRefused(String content) {
        assertThatThrownBy(() -> logo(content.getBytes(UTF_8)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("LOGIN_LOGO takes an SVG or a PNG.");
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        for (String path : new String[] {folder.resolve("none").toString(), folder.toString(), "a\0b"}) {
            assertThatThrownBy(() -> new Theme(new Settings("Kriya", Optional.of(path), "#000000")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("LOGIN_LOGO takes the path of a file that can be read.");
        }
    }
}
