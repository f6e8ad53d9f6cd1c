package io.kriya.sms;

/**
 * How much one SMS holds: 160 septets of the GSM alphabet, or 70 units of UTF-16 where a text goes beyond that alphabet.
 *
 * @see <a href="https://www.3gpp.org/dynareport/23038.htm">3GPP TS 23.038, 6.2.1</a>
 */
final class SmsSegments {

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /** Each takes two septets, an escape and itself. */
    private static final String EXTENDED = "\f^{}\\[~]|€";

    private static final int MOST_SEPTETS = 160;
    private static final int MOST_UNITS = 70;

    private SmsSegments() {}

    /** Whether this is one SMS. */
    static boolean fits(String text) {
        return isGsm(text) ? septets(text) <= MOST_SEPTETS : text.length() <= MOST_UNITS;
    }

    private static boolean isGsm(String text) {
        return text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 || EXTENDED.indexOf(c) >= 0);
    }

    private static int septets(String text) {
        return text.chars().map(c -> EXTENDED.indexOf(c) >= 0 ? 2 : 1).sum();
    }
}
