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
 * Sends PostgreSQL a cancel request for what nobody waits for any more. A server process does not look whether its
 * client is still there while it waits for a standby to confirm a commit, and has no limit of time there: without this,
 * each commit that is given up would keep one for ever.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS">Canceling
 *     requests</a>
 */
@Singleton
public class Cancellation implements AgroalPoolInterceptor {

    private static final Logger LOG = Logger.getLogger(Cancellation.class);
    private static final int THREADS = 2;

    /** Where the server is gone altogether there is nothing to cancel, and each would wait in vain. */
    private static final int MOST_WAITING = 100;

    /** One that comes between two statements ends nothing, and the commit that is on its way then would wait for ever. */
    private static final List<Integer> DELAYS_MILLIS = List.of(0, 250, 1000);

    private final Map<Thread, PgConnection> used = Collections.synchronizedMap(new WeakHashMap<>());
    private final Set<PgConnection> cancelled =
            Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(
            THREADS, Thread.ofPlatform().daemon().name("database-cancel").factory());

    /** What is thrown here would keep the connection from the pool for ever. */
    @Override
    public void onConnectionAcquire(Connection connection) {
        try {
            used.put(Thread.currentThread(), connection.unwrap(PgConnection.class));
        } catch (SQLException dead) {
            LOG.debug("A connection that is dead already has nothing to cancel", dead);
        }
    }

    /**
     * Closes a connection that a cancel request was sent for. The request ends what the server process does when it
     * arrives, which may be the next transaction on the connection: a commit that waits for a standby would look
     * confirmed.
     */
    @Override
    public void onConnectionReturn(Connection connection) {
        used.remove(Thread.currentThread());
        try {
            PgConnection returned = connection.unwrap(PgConnection.class);
            if (cancelled.remove(returned)) {
                returned.getQueryExecutor().abort();
            }
        } catch (SQLException dead) {
            LOG.debug("A connection that is dead already needs no end", dead);
        }
    }

    /** Has the server give up what it does for this thread. */
    public void cancel(Thread thread) {
        PgConnection connection = used.get(thread);
        if (connection == null) {
            return;
        }
        cancelled.add(connection);
        if (used.remove(thread, connection)) {
            DELAYS_MILLIS.forEach(delay -> send(connection, delay));
        } else {
            // It has just been returned, and is whole.
            cancelled.remove(connection);
        }
    }

    private void send(PgConnection connection, int delay) {
        if (threads.getQueue().size() < MOST_WAITING) {
            threads.schedule(() -> send(connection), delay, TimeUnit.MILLISECONDS);
        }
    }

    /** Not by the connection's own method, which refuses once it is closed, as it is by the interruption. */
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
