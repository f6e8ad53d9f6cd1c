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
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Whether the database is lost. The beginning and the end of an outage are logged and counted once, however many
 * requests fail. A timeout alone is no outage: a probe over a connection outside of the pool decides.
 */
@Startup // registers the metrics
@ApplicationScoped
public class Outage {

    private static final Logger LOG = Logger.getLogger(Outage.class);

    private final AtomicBoolean lasting = new AtomicBoolean();
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile BooleanSupplier fallback = () -> false;
    private volatile long lastAnswer = System.nanoTime() - Duration.ofDays(1).toNanos();
    private final Counter outages;
    private final MigrationState schema;
    private final ExecutorService virtualThreads;

    Outage(MeterRegistry meters, MigrationState schema, @VirtualThreads ExecutorService virtualThreads) {
        this.schema = schema;
        this.virtualThreads = virtualThreads;
        outages = Counter.builder("kriya.database.outages")
                .description("Number of outages of the database.")
                .register(meters);
        Gauge.builder("kriya.database.up", lasting, lasts -> lasts.get() ? 0 : 1)
                .description("Whether the database is available: 0 during an outage, else 1.")
                .register(meters);
    }

    void begin(Throwable failure) {
        if (lasting.compareAndSet(false, true)) {
            outages.increment();
            LOG.errorf("The database is unavailable, requests that need it are answered 503: %s", reason(failure));
        }
    }

    public boolean isLasting() {
        return lasting.get();
    }

    /** Sets the check whether requests can be answered without the database. */
    public void setFallback(BooleanSupplier fallback) {
        this.fallback = fallback;
    }

    boolean hasFallback() {
        return fallback.getAsBoolean();
    }

    /** Probes the database in the background, one probe at a time. */
    void probe() {
        if (!lasting.get() && probing.compareAndSet(false, true)) {
            virtualThreads.execute(() -> {
                try {
                    // It has the deadline of a probe, so its failure itself begins an outage.
                    schema.isCurrent();
                } catch (DatabaseUnavailable lost) {
                    LOG.debug("A request that timed out was the first sign of an outage");
                } finally {
                    probing.set(false);
                }
            });
        }
    }

    boolean hasAnsweredWithin(Duration period) {
        return System.nanoTime() - lastAnswer < period.toNanos();
    }

    /** Records that the database has answered, which ends an outage. */
    void recordAnswer() {
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

    /** The first line of the innermost message. PostgreSQL's details, which may quote a row, are switched off. */
    public static String reason(Throwable failure) {
        Throwable root = root(failure);
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
