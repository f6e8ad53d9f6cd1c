package io.kriya.database;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/**
 * This machine's clock, but never ahead of the database's: a replica with a wrong clock would delete valid tokens and
 * exhaust rate limits. It ticks in microseconds, the resolution of PostgreSQL's timestamps.
 */
@Singleton
public class DatabaseClock extends Clock {

    private static final Logger LOG = Logger.getLogger(DatabaseClock.class);

    /** Clocks synchronized by NTP differ by less. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private volatile Duration ahead = Duration.ZERO;

    /** Compares this machine's clock with the database's. */
    public void compare(Connection database) throws SQLException {
        Instant before = Instant.now();
        try (var statement = database.createStatement();
                var row = statement.executeQuery("select clock_timestamp()")) {
            row.next();
            compare(before, row.getTimestamp(1).toInstant());
        }
    }

    /**
     * Compares this machine's clock with a time that a statement of the caller has read.
     *
     * @param before this machine's time when the statement was sent
     * @param database the {@code clock_timestamp()} of the database
     */
    public void compare(Instant before, Instant database) {
        Duration measured = Duration.between(database, before);
        Duration difference = measured.compareTo(TOLERANCE) > 0 ? measured : Duration.ZERO;
        if (ahead.isZero() != difference.isZero()) {
            LOG.warn(
                    difference.isZero()
                            ? "The clock of this machine is right again"
                            : "The clock of this machine is ahead of the database's by %d s; using the database's"
                                    .formatted(difference.toSeconds()));
        }
        ahead = difference;
    }

    @Override
    public Instant instant() {
        return Instant.now().minus(ahead).truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Only UTC is supported");
    }
}
