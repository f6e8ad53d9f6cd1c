package io.kriya.config;

/** Kriya's settings, for tests of other packages. */
public final class KnownSettings {

    private KnownSettings() {}

    /** Whether there is a setting of this name that takes this value. */
    public static boolean accepts(String name, String value) {
        return Environment.SETTINGS.stream()
                .filter(setting -> setting.name().equals(name))
                .anyMatch(setting -> {
                    try {
                        setting.keys().apply(value);
                        return true;
                    } catch (IllegalArgumentException refused) {
                        return false;
                    }
                });
    }
}
