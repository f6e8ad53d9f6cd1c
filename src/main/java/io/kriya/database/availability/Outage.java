package io.kriya.database.availability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Tells the log and the metrics when the database is lost and when it is back, once each, however many requests notice. One that
 * is only late raises a suspicion, which a connection outside of the pool confirms or not.
 */
// Its metrics are there from the start.
@Startup
@ApplicationScoped
public class Outage {

    private static final Logger LOG = Logger.getLogger(Outage.class);

    private final AtomicBoolean lasting = new AtomicBoolean();
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long lastAnswer = System.nanoTime() - Duration.ofDays(1).toNanos();
    private final Counter outages;
    private final MigrationState schema;
    private final ExecutorService virtualThreads;

    Outage(MeterRegistry meters, MigrationState schema, @VirtualThreads ExecutorService virtualThreads) {
        this.schema = schema;
        this.virtualThreads = virtualThreads;
        outages = Counter.builder("kriya.database.outages")
                .description("Times that the database was lost.")
                .register(meters);
        Gauge.builder("kriya.database.up", lasting, lasts -> lasts.get() ? 0 : 1)
                .description("Whether the database answered when it was last asked.")
                .register(meters);
    }

    void noticed(Throwable failure) {
        if (lasting.compareAndSet(false, true)) {
            outages.increment();
            LOG.errorf("The database is unavailable, requests that need it are answered 503: %s", reason(failure));
        }
    }

    /** Whether the database did not answer when it was last asked. */
    public boolean isLasting() {
        return lasting.get();
    }

    void suspected() {
        if (!lasting.get() && asking.compareAndSet(false, true)) {
            virtualThreads.execute(this::ask);
        }
    }

    private void ask() {
        try {
            // What it finds out comes back here.
            schema.isCurrent();
        } catch (DatabaseUnavailable lost) {
            LOG.debug("A late request was the first to notice that the database is lost");
        } finally {
            asking.set(false);
        }
    }

    /** Whether the database has answered anything in the time before now. */
    boolean hasAnswered(Duration lately) {
        return System.nanoTime() - lastAnswer < lately.toNanos();
    }

    /** The database has answered. */
    void ended() {
        lastAnswer = System.nanoTime();
        if (lasting.get() && lasting.compareAndSet(true, false)) {
            LOG.info("The database answers again");
        }
    }

    /** The innermost cause. */
    public static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** The innermost message's first line; PostgreSQL's details, which may quote a row, are switched off. */
    public static String reason(Throwable failure) {
        Throwable root = root(failure);
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
