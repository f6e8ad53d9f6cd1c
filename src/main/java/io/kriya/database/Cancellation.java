package io.kriya.database;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
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
class Cancellation implements AgroalPoolInterceptor {

    private static final Logger LOG = Logger.getLogger(Cancellation.class);
    private static final int THREADS = 2;

    /** Where the server is gone altogether there is nothing to cancel, and each would wait in vain. */
    private static final int MOST_WAITING = 100;

    private final Map<Thread, PgConnection> used = Collections.synchronizedMap(new WeakHashMap<>());
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("database-cancel").factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    Cancellation() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** What is thrown here would keep the connection from the pool for ever. */
    @Override
    public void onConnectionAcquire(Connection connection) {
        try {
            used.put(Thread.currentThread(), connection.unwrap(PgConnection.class));
        } catch (SQLException dead) {
            LOG.debug("A connection that is dead already has nothing to cancel", dead);
        }
    }

    @Override
    public void onConnectionReturn(Connection connection) {
        used.remove(Thread.currentThread());
    }

    /** Has the server give up what it does for this thread. */
    void cancel(Thread thread) {
        PgConnection connection = used.remove(thread);
        if (connection != null) {
            threads.execute(() -> end(connection));
        }
    }

    /**
     * First the connection: the cancel request ends whatever the server process does when it comes, also what the next
     * user of the connection is at, and a commit that waits for a standby would look confirmed.
     */
    private static void end(PgConnection connection) {
        try {
            connection.abort(Runnable::run);
            // Not by the connection's own method, which refuses once it is closed.
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
