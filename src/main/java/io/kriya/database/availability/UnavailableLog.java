package io.kriya.database.availability;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Logs the reasons of 503 responses, each at most once a second. */
@ApplicationScoped
public class UnavailableLog {

    private static final Logger LOG = Logger.getLogger(UnavailableLog.class);
    private static final long PERIOD_NANOS = Duration.ofSeconds(1).toNanos();

    /** Bounds the memory for reasons: a message of the server may contain anything. */
    private static final int MAXIMUM = 100;

    private final Map<String, Long> loggedAt = new ConcurrentHashMap<>();

    public void log(DatabaseUnavailable unavailable) {
        String reason = Outage.reason(unavailable);
        if (isDue(reason, System.nanoTime())) {
            LOG.warnf("A request was answered 503: %s", reason);
        }
    }

    private boolean isDue(String reason, long now) {
        if (loggedAt.size() >= MAXIMUM) {
            loggedAt.clear();
        }
        Long last = loggedAt.putIfAbsent(reason, now);
        return last == null || now - last >= PERIOD_NANOS && loggedAt.replace(reason, last, now);
    }
}
