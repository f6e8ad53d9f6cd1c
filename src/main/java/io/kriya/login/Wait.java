package io.kriya.login;

/** How long to wait, as a clock shows it. */
final class Wait {

    private Wait() {}

    /** {@code 0:25}, {@code 12:00} or {@code 2:05:00}. */
    static String of(long seconds) {
        long minutes = seconds / 60;
        return minutes < 60
                ? "%d:%02d".formatted(minutes, seconds % 60)
                : "%d:%02d:%02d".formatted(minutes / 60, minutes % 60, seconds % 60);
    }
}
