package io.kriya.database;

import io.quarkus.arc.Arc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * The pool's driver: it connects only to the newest primary. A pool interceptor could not do it, as the pool would
 * still count a connection that it refuses.
 */
public class PrimaryDriver extends Driver {

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        Connection connection = super.connect(url, properties);
        Arc.container().instance(Primaries.class).get().admit(connection);
        return connection;
    }
}
