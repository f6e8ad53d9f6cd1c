package io.kriya.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * A rate limit: at most {@code count} requests within any period of this length. Half of them may come in one burst,
 * the other half is spread over the period.
 *
 * @param count at least 1
 */
public record Limit(int count, Duration period) {

    /** The format of a limit. */
    public static final String FORM = "([1-9][0-9]{0,8})/([1-9][0-9]{0,4})([smhd])";

    /** What a setting of a limit takes. */
    public static final String TAKES = "how many within how long, such as 20/24h (s, m, h or d)";

    /**
     * Parses {@code 20/24h}: a count, and a period in s, m, h or d.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Limit parse(String text) {
        var match = Pattern.compile(FORM).matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("not a limit");
        }
        var unit =
                switch (match.group(3)) {
                    case "s" -> ChronoUnit.SECONDS;
                    case "m" -> ChronoUnit.MINUTES;
                    case "h" -> ChronoUnit.HOURS;
                    default -> ChronoUnit.DAYS;
                };
        return new Limit(Integer.parseInt(match.group(1)), Duration.of(Long.parseLong(match.group(2)), unit));
    }

    private int burst() {
        return Math.ceilDiv(count, 2);
    }

    /** The time between two requests at the sustained rate (GCRA's T). */
    public Duration emissionInterval() {
        return period.dividedBy(Math.max(1, count - burst()));
    }

    /** How far the theoretical arrival time may be ahead of a request that still passes (GCRA's tau). */
    Duration burstTolerance() {
        return emissionInterval().multipliedBy(burst() - 1L);
    }

    /** Until when more than half of the burst is used at this theoretical arrival time. */
    public Instant halfUsedUntil(Instant theoreticalArrival) {
        return theoreticalArrival.minus(emissionInterval().multipliedBy(burst()).dividedBy(2));
    }

    /** The used share of the burst, 0 to 1, at this theoretical arrival time. */
    public double used(Instant theoreticalArrival, Instant now) {
        Duration full = emissionInterval().multipliedBy(burst());
        return Math.clamp((double) now.until(theoreticalArrival, ChronoUnit.MILLIS) / full.toMillis(), 0, 1);
    }
}
