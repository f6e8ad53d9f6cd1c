package io.kriya.setting;

import java.util.List;
import java.util.Locale;

/** A setting that is on or off. */
public final class Switch {

    /** The form of its text. */
    public static final String FORM = "\\s*(?i:true|1|yes|on|false|0|no|off)\\s*";

    /** What it takes. */
    public static final String TAKES = "true or false, or 1, 0, yes, no, on, off, in any case";

    private static final List<String> ON = List.of("true", "1", "yes", "on");

    private Switch() {}

    /** Whether a text of this form turns it on. */
    public static boolean isOn(String text) {
        return ON.contains(text.strip().toLowerCase(Locale.ROOT));
    }
}
