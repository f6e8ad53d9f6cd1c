package io.kriya.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A readable name of a user in ASCII, such as {@code ada-lovelace-k7m2x9qd}: of what they are called, with a random tail. */
final class Handle {

    /** Without vowels, so that no tail is a word, and without what is mistaken for another. */
    private static final String TAIL = "bcdfghjkmnpqrstvwxz23456789";

    /** With the tail it fits the local part of an e-mail address (RFC 5321, 4.5.3.1.1). */
    private static final int MAX_NAME = 40;

    private static final int TAIL_LENGTH = 8;

    /** Latin letters that are no letter of ASCII with a mark. */
    private static final Map<String, String> LATIN =
            Map.of("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i");

    private Handle() {}

    /**
     * Makes a handle. It has no digits of the name, which may be those of a phone number.
     *
     * @param lastName null if there is none
     * @param random at least eight bytes
     */
    static String of(String firstName, String lastName, byte[] random) {
        String name = ascii(firstName + " " + Objects.requireNonNullElse(lastName, ""));
        return (name.isEmpty() ? "user" : name) + "-" + tail(random);
    }

    private static String ascii(String name) {
        String latin = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        for (var letter : LATIN.entrySet()) {
            latin = latin.replace(letter.getKey(), letter.getValue());
        }
        String words = latin.replaceAll("[\\s\\p{Pd}_.]+", "-").replaceAll("[^a-z-]", "");
        String cut = words.substring(0, Math.min(words.length(), MAX_NAME));
        return cut.replaceAll("-{2,}", "-").replaceAll("^-|-$", "");
    }

    private static String tail(byte[] random) {
        var tail = new StringBuilder();
        for (int i = 0; i < TAIL_LENGTH; i++) {
            tail.append(TAIL.charAt(Byte.toUnsignedInt(random[i]) % TAIL.length()));
        }
        return tail.toString();
    }
}
