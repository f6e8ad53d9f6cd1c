package io.kriya.loginpage.branding;

import java.util.regex.Pattern;

/**
 * A colour and its contrast to others.
 *
 * @see <a href="https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio">Contrast ratio</a>
 */
record Color(int red, int green, int blue) {

    static final Color BLACK = new Color(0, 0, 0);
    static final Color WHITE = new Color(255, 255, 255);

    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");

    static Color parse(String hex) {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("Not a colour such as #3562e0");
        }
        int rgb = Integer.parseInt(hex, 1, hex.length(), 16);
        return new Color(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
    }

    /** The contrast ratio: from 1 (equal) to 21 (black and white). */
    double contrast(Color other) {
        double mine = luminance();
        double others = other.luminance();
        return (Math.max(mine, others) + 0.05) / (Math.min(mine, others) + 0.05);
    }

    /** Black or white, whichever has more contrast to this colour: at least 4.58. */
    Color ink() {
        return contrast(WHITE) >= contrast(BLACK) ? WHITE : BLACK;
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    @Override
    public String toString() {
        return "#%02x%02x%02x".formatted(red, green, blue);
    }
}
