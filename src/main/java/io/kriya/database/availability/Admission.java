package io.kriya.database.availability;

import io.agroal.api.AgroalDataSource;
import io.kriya.database.DatabaseConfig;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Lets as much work on the database at once as the pool has connections for, but for those that look-ups need: writes
 * that hang must not keep reads from one. Where the queue is too long, what comes is refused at once.
 */
@Singleton
class Admission {

    /** How many may wait for each that works, whatever the time that it takes. */
    private static final int QUEUE = 2;

    private final int most;
    private final Backlog backlog;
    private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private int working;

    Admission(AgroalDataSource pool, DatabaseConfig config) {
        int connections = pool.getConfiguration().connectionPoolConfiguration().maxSize();
        most = Math.max(1, connections - DatabaseConfig.lookUps());
        backlog = new Backlog(QUEUE * most, config.timeout());
    }

    /**
     * Waits for a turn.
     *
     * @throws DatabaseUnavailable where too many wait
     */
    void enter() throws InterruptedException {
        CompletableFuture<Void> turn;
        synchronized (this) {
            if (working < most) {
                working++;
                return;
            }
            if (backlog.excess(waiting.size() + 1) > 0) {
                throw DatabaseUnavailable.busy();
            }
            turn = new CompletableFuture<>();
            waiting.add(turn);
        }
        await(turn);
    }

    private void await(CompletableFuture<Void> turn) throws InterruptedException {
        try {
            turn.get();
        } catch (ExecutionException refused) {
            throw DatabaseUnavailable.busy();
        } catch (InterruptedException late) {
            synchronized (this) {
                if (!waiting.remove(turn) && !turn.isCompletedExceptionally()) {
                    leave();
                }
            }
            throw late;
        }
    }

    /** The work is done; the next may begin. */
    synchronized void leave() {
        backlog.served(1, waiting.size());
        for (int excess = backlog.excess(waiting.size()); excess > 0; excess--) {
            waiting.remove().completeExceptionally(DatabaseUnavailable.busy());
        }
        CompletableFuture<Void> next = waiting.poll();
        if (next == null) {
            working--;
        } else {
            next.complete(null);
        }
    }
}
