package io.kriya.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jboss.logging.Logger;
import org.postgresql.hostchooser.GlobalHostStatusTracker;
import org.postgresql.hostchooser.HostStatus;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/**
 * Closes connections to former primaries. After a failover a former primary may come back and answer as before, as it
 * does not know of the promotion. Its timeline is older than the newest one that this replica has seen.
 */
@Singleton
public class Primaries {

    private static final Logger LOG = Logger.getLogger(Primaries.class);

    private static final String IDENTIFY = "select " + Primary.SQL + ", system_identifier from pg_control_system()";

    private final AgroalDataSource pool;

    /** Weak, so that closed connections are collected. */
    private final Map<PgConnection, Primary> connections = Collections.synchronizedMap(new WeakHashMap<>());

    private volatile long newest;
    private long cluster;

    Primaries(AgroalDataSource pool) {
        this.pool = pool;
    }

    /**
     * Identifies the server of a new connection, which is closed later as soon as a newer timeline is seen.
     *
     * @throws SQLException if it is no primary, or a former one; the connection is closed
     */
    public Primary admit(Connection opened) throws SQLException {
        var connection = opened.unwrap(PgConnection.class);
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(IDENTIFY)) {
            row.next();
            var primary = Primary.of(row.getString(1));
            resetIfOtherCluster(row.getLong(2));
            // Added before the comparison, so that a thread that sees a newer timeline meanwhile closes it.
            connections.put(connection, primary);
            if (isFormer(primary)) {
                avoid(connection.getQueryExecutor().getHostSpec());
            }
            requireNewest(primary);
            return primary;
        } catch (SQLException refused) {
            close(connection);
            throw refused;
        }
    }

    /**
     * Checks the server that has answered a query: behind a pooler it may change within a connection.
     *
     * @throws SQLException if it is a former primary
     */
    public void requireNewest(Primary primary) throws SQLException {
        if (isFormer(primary)) {
            throw new SQLException(
                    "A former primary answers, its timeline is %d where %d has been seen"
                            .formatted(primary.timeline(), newest),
                    "08004");
        }
    }

    private boolean isFormer(Primary primary) {
        if (primary.timeline() > newest) {
            raise(primary.timeline());
        }
        return primary.timeline() < newest;
    }

    /** Makes the driver prefer other hosts for {@code hostRecheckSeconds}. */
    private static void avoid(HostSpec host) {
        LOG.warnf("%s is left alone: it is a former primary", host);
        GlobalHostStatusTracker.reportHostStatus(host, HostStatus.ConnectFail);
    }

    private synchronized void raise(long timeline) {
        if (timeline > newest) {
            newest = timeline;
            synchronized (connections) {
                connections.forEach((connection, primary) -> {
                    if (primary.timeline() < timeline) {
                        close(connection);
                    }
                });
            }
            // Removes the closed connections from the pool.
            pool.flush(FlushMode.GRACEFUL);
        }
    }

    /** Timelines start again if the database was moved to another cluster, for example by pg_upgrade. */
    private synchronized void resetIfOtherCluster(long systemIdentifier) {
        if (cluster != systemIdentifier) {
            cluster = systemIdentifier;
            newest = 0;
        }
    }

    /** Closes a connection, even while a statement runs, as its result would not be reliable. */
    private static void close(PgConnection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException failed) {
            LOG.debug("A connection could not be closed", failed);
        }
    }
}
