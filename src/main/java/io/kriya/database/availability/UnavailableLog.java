package io.kriya.database.availability;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Says in the log why requests are answered 503, each reason at most once a second. */
@ApplicationScoped
public class UnavailableLog {

    private static final Logger LOG = Logger.getLogger(UnavailableLog.class);
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    /** Of reasons: more than there are, but a message of the server may hold anything. */
    private static final int MOST = 100;

    private final Map<String, Long> saidAt = new ConcurrentHashMap<>();

    public void log(DatabaseUnavailable unavailable) {
        String reason = Outage.reason(unavailable);
        if (isDue(reason, System.nanoTime())) {
            LOG.warnf("A request was answered 503: %s", reason);
        }
    }

    private boolean isDue(String reason, long now) {
        if (saidAt.size() >= MOST) {
            saidAt.clear();
        }
        Long last = saidAt.putIfAbsent(reason, now);
        return last == null || now - last >= PAUSE_NANOS && saidAt.replace(reason, last, now);
    }
}
