package io.kriya.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * How often something may happen: never more than so many times within any period of this length. Half of them may come at once,
 * the other half is spread over the period.
 *
 * @param most how many, at least 1
 * @param period within which
 */
public record Limit(int most, Duration period) {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})/([1-9][0-9]{0,4})([smhd])");

    /**
     * Reads {@code 20/24h}: a number, and a period in s, m, h or d.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Limit parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("not a limit");
        }
        long count = Long.parseLong(match.group(2));
        Duration period =
                switch (match.group(3)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                };
        return new Limit(Integer.parseInt(match.group(1)), period);
    }

    /** How many may come at once. */
    int burst() {
        return Math.ceilDiv(most, 2);
    }

    /** After how long one more may come. */
    Duration interval() {
        return period.dividedBy(Math.max(1, most - burst()));
    }

    /** How far ahead of time may be paid for, and one more still come. */
    Duration tolerance() {
        return interval().multipliedBy(burst() - 1L);
    }

    /** Which share of what may come at once is used up, 0 to 1, where it is paid for until then. */
    public double used(Instant paidAt, Instant now) {
        Duration most = interval().multipliedBy(burst());
        return Math.clamp((double) now.until(paidAt, ChronoUnit.MILLIS) / most.toMillis(), 0, 1);
    }
}
