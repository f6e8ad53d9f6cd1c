package io.kriya.sms;

/**
 * The size of one SMS: 160 septets of the GSM 7-bit alphabet, or 70 UTF-16 units for any other text.
 *
 * @see <a href="https://www.3gpp.org/dynareport/23038.htm">3GPP TS 23.038, 6.2.1</a>
 */
final class SmsSegments {

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /** Each takes two septets: an escape and a character. */
    private static final String EXTENDED = "\f^{}\\[~]|€";

    private static final int MAX_SEPTETS = 160;
    private static final int MAX_UNITS = 70;

    private SmsSegments() {}

    /** Whether a text fits one SMS. */
    static boolean fits(String text) {
        return isGsm(text) ? septets(text) <= MAX_SEPTETS : text.length() <= MAX_UNITS;
    }

    private static boolean isGsm(String text) {
        return text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 || EXTENDED.indexOf(c) >= 0);
    }

    private static int septets(String text) {
        return text.chars().map(c -> EXTENDED.indexOf(c) >= 0 ? 2 : 1).sum();
    }
}
