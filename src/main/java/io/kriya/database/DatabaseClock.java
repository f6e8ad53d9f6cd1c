package io.kriya.database;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/**
 * The time of this machine, but never ahead of the database's: of all replicas, one with a wrong clock would delete
 * tokens that are good, and count against limits what has not happened yet.
 */
@Singleton
public class DatabaseClock extends Clock {

    private static final Logger LOG = Logger.getLogger(DatabaseClock.class);

    /** Clocks that are kept by NTP differ by less. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private volatile Duration ahead = Duration.ZERO;

    /**
     * Compares the two.
     *
     * @param before when this machine asked
     * @param database what the database answered
     */
    public void compare(Instant before, Instant database) {
        Duration difference = Duration.between(database, before);
        Duration now = difference.compareTo(TOLERANCE) > 0 ? difference : Duration.ZERO;
        if (ahead.isZero() != now.isZero()) {
            LOG.warn(
                    now.isZero()
                            ? "The clock of this machine is right again"
                            : "The clock of this machine is ahead of the database's by %d s; the database's counts"
                                    .formatted(now.toSeconds()));
        }
        ahead = now;
    }

    @Override
    public Instant instant() {
        return Instant.now().minus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Only UTC is told");
    }
}
