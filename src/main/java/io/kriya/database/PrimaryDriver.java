package io.kriya.database;

import io.quarkus.arc.Arc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * The pool's driver: it connects to the newest primary, or not at all. A connection then stays with its server for as
 * long as it lives. An interceptor of the pool could not refuse one, as the pool would go on to count it.
 */
public class PrimaryDriver extends Driver {

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        Connection connection = super.connect(url, properties);
        Arc.container().instance(Primaries.class).get().admit(connection);
        return connection;
    }
}
