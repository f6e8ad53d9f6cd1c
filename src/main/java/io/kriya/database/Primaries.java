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
 * Knows the newest timeline that a server has shown to this replica, and closes connections to servers of an older
 * one: a former primary that comes back does not know that another has taken its place, and answers as if nothing were.
 */
@Singleton
public class Primaries {

    private static final Logger LOG = Logger.getLogger(Primaries.class);

    private static final String WHO = "select " + Primary.SQL + ", system_identifier from pg_control_system()";

    private final AgroalDataSource pool;

    /** Those that may be open, without keeping them. */
    private final Map<PgConnection, Primary> connections = Collections.synchronizedMap(new WeakHashMap<>());

    private volatile long newest;
    private long cluster;

    Primaries(AgroalDataSource pool) {
        this.pool = pool;
    }

    /**
     * Asks the server at the other end who it is. From here on the connection is closed as soon as a newer timeline is
     * seen.
     *
     * @throws SQLException where it is no primary, or a former one; the connection is closed then
     */
    public Primary admit(Connection opened) throws SQLException {
        var connection = opened.unwrap(PgConnection.class);
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(WHO)) {
            row.next();
            var primary = Primary.of(row.getString(1));
            belongsTo(row.getLong(2));
            // Before it is compared: whoever raises the newest meanwhile finds it here.
            connections.put(connection, primary);
            if (isFormer(primary)) {
                skip(connection.getQueryExecutor().getHostSpec());
            }
            requireNewest(primary);
            return primary;
        } catch (SQLException refused) {
            close(connection);
            throw refused;
        }
    }

    /**
     * Behind a pooler one connection may meet several servers: to be asked of each answer that brings its
     * {@link Primary}.
     *
     * @throws SQLException where it is a former one
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

    /** Of several hosts the driver tries the others, for as long as it remembers ({@code hostRecheckSeconds}). */
    private static void skip(HostSpec host) {
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
            // It need not find out itself that they are closed.
            pool.flush(FlushMode.GRACEFUL);
        }
    }

    /** Timelines are counted anew where a database was moved into another cluster, by pg_upgrade say. */
    private synchronized void belongsTo(long systemIdentifier) {
        if (cluster != systemIdentifier) {
            cluster = systemIdentifier;
            newest = 0;
        }
    }

    /** Whatever is under way on it: what that would be told can't be relied on. */
    private static void close(PgConnection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException failed) {
            LOG.debug("A connection could not be closed", failed);
        }
    }
}
