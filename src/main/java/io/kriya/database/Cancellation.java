package io.kriya.database;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postgresql.jdbc.PgConnection;

/**
 * Sends cancel requests for statements whose thread was interrupted. While PostgreSQL waits for a standby to confirm a
 * commit, it neither checks whether the client is still connected nor has a timeout. Without a cancel request each such
 * commit would occupy a server process for ever. A connection that such a thread acquires later is closed at once.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS">Canceling
 *     requests</a>
 */
@Singleton
public class Cancellation implements AgroalPoolInterceptor {

    private static final Logger LOG = Logger.getLogger(Cancellation.class);
    private static final int THREADS = 2;

    /** Bounds the queue: if the server is gone, each cancel request runs into a timeout. */
    private static final int MAXIMUM_QUEUE = 100;

    /** Repeated, as a request that arrives between two statements cancels nothing, and the next may be the commit. */
    private static final List<Integer> DELAYS_MILLIS = List.of(0, 250, 1000, 5000);

    private final Map<Thread, PgConnection> inUse = Collections.synchronizedMap(new WeakHashMap<>());
    private final Set<PgConnection> cancelled =
            Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    /** Threads whose time is over, which are to send no more statements. */
    private final Set<Thread> late = Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(
            THREADS, Thread.ofPlatform().daemon().name("database-cancel").factory());

    /** Throws nothing: an exception would leak the connection from the pool. */
    @Override
    public void onConnectionAcquire(Connection connection) {
        try {
            PgConnection acquired = connection.unwrap(PgConnection.class);
            inUse.put(Thread.currentThread(), acquired);
            // After it is in use: either this sees that the thread is late, or cancel() sees the connection.
            if (late.contains(Thread.currentThread())) {
                acquired.getQueryExecutor().abort();
            }
        } catch (SQLException dead) {
            LOG.debug("A dead connection has nothing to cancel", dead);
        }
    }

    /**
     * Closes a connection for which a cancel request was sent. The request may arrive during the next transaction on
     * the connection, and a cancelled commit that waits for a standby looks like a confirmed one.
     */
    @Override
    public void onConnectionReturn(Connection connection) {
        inUse.remove(Thread.currentThread());
        try {
            PgConnection returned = connection.unwrap(PgConnection.class);
            if (cancelled.remove(returned)) {
                returned.getQueryExecutor().abort();
            }
        } catch (SQLException dead) {
            LOG.debug("A dead connection need not be closed", dead);
        }
    }

    /** Cancels the statements of this thread, and lets it send no more until {@link #reset}. */
    public void cancel(Thread thread) {
        late.add(thread);
        PgConnection connection = inUse.get(thread);
        if (connection == null) {
            return;
        }
        cancelled.add(connection);
        if (inUse.remove(thread, connection)) {
            DELAYS_MILLIS.forEach(delay -> schedule(connection, delay));
        } else {
            // The thread has just returned it to the pool.
            cancelled.remove(connection);
        }
    }

    /** Lets the thread send statements again. */
    public void reset(Thread thread) {
        late.remove(thread);
    }

    private void schedule(PgConnection connection, int delay) {
        if (threads.getQueue().size() < MAXIMUM_QUEUE) {
            threads.schedule(() -> send(connection), delay, TimeUnit.MILLISECONDS);
        }
    }

    /** Bypasses the connection's own method, which fails as the interruption has closed the connection. */
    private static void send(PgConnection connection) {
        try {
            connection.getQueryExecutor().sendQueryCancel();
        } catch (SQLException failed) {
            LOG.debug("A statement could not be cancelled", failed);
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
