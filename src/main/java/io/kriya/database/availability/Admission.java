package io.kriya.database.availability;

import io.agroal.api.AgroalDataSource;
import io.kriya.database.DatabaseConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Admits as much database work at a time as the pool has connections, less those for token look-ups: hanging writes
 * must not block reads. When the queue is too long, new work is refused at once.
 */
@Startup // registers the gauge
@Singleton
public class Admission {

    /** The queue may always hold this many requests for each admitted one. */
    private static final int QUEUE_FACTOR = 2;

    private final int maximum;
    private final Backlog backlog;
    private final Queue<CompletableFuture<Void>> queue = new ArrayDeque<>();
    private int working;

    Admission(AgroalDataSource pool, DatabaseConfig config, MeterRegistry meters) {
        int connections = connections(pool);
        maximum = Math.max(1, connections - lookupConnections(pool));
        backlog = new Backlog(QUEUE_FACTOR * maximum, config.timeout());
        Gauge.builder("kriya.database.pool.size", () -> connections)
                .description("The maximum number of pooled connections of this replica.")
                .register(meters);
    }

    private static int connections(AgroalDataSource pool) {
        return pool.getConfiguration().connectionPoolConfiguration().maxSize();
    }

    /**
     * How many connections token look-ups may use at a time, without admission: one a core and at least two, but at most
     * half of the pool.
     */
    public static int lookupConnections(AgroalDataSource pool) {
        int wanted = Math.max(2, Runtime.getRuntime().availableProcessors());
        return Math.max(1, Math.min(wanted, connections(pool) / 2));
    }

    /**
     * Waits for admission.
     *
     * @throws DatabaseUnavailable if the queue is too long
     */
    void acquire() throws InterruptedException {
        CompletableFuture<Void> turn;
        synchronized (this) {
            if (working < maximum) {
                working++;
                return;
            }
            if (backlog.excess(queue.size() + 1) > 0) {
                throw DatabaseUnavailable.busy();
            }
            turn = new CompletableFuture<>();
            queue.add(turn);
        }
        await(turn);
    }

    private void await(CompletableFuture<Void> turn) throws InterruptedException {
        try {
            turn.get();
        } catch (ExecutionException refused) {
            throw DatabaseUnavailable.busy();
        } catch (InterruptedException timeout) {
            synchronized (this) {
                if (!queue.remove(turn) && !turn.isCompletedExceptionally()) {
                    release();
                }
            }
            throw timeout;
        }
    }

    /** Releases an admission and admits the next request. */
    synchronized void release() {
        backlog.recordServed(1, queue.size());
        for (int excess = backlog.excess(queue.size()); excess > 0; excess--) {
            queue.remove().completeExceptionally(DatabaseUnavailable.busy());
        }
        CompletableFuture<Void> next = queue.poll();
        if (next == null) {
            working--;
        } else {
            next.complete(null);
        }
    }
}
