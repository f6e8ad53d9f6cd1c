package io.kriya.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.stream.IntStream;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/**
 * Connections outside of the pool and without its timeouts: for migrations, for notifications, and to check whether the
 * database is available while the pool is exhausted.
 */
public class UnpooledDataSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1;

    /** Connects to the database of this URL. */
    public static UnpooledDataSource of(DatabaseUrl url) {
        var source = new UnpooledDataSource();
        source.setURL(url.jdbcUrl());
        source.setLogServerErrorDetail(false);
        url.user().ifPresent(source::setUser);
        url.password().ifPresent(source::setPassword);
        return source;
    }

    /** Connects to the database of this pool. */
    public static UnpooledDataSource of(AgroalDataSource pool) {
        var factory = pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
        var source = new UnpooledDataSource();
        source.setURL(factory.jdbcUrl());
        source.setLogServerErrorDetail(false);
        if (factory.principal() instanceof NamePrincipal user) {
            source.setUser(user.getName());
        }
        factory.credentials().forEach(credential -> {
            if (credential instanceof SimplePassword password) {
                source.setPassword(password.getWord());
            }
        });
        if (source.getLoginTimeout() == 0) {
            source.setLoginTimeout(10);
        }
        return source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return getUser() != null && getUser().contains("'") ? new QuotingConnection(this) : super.getConnection();
    }

    /** Doubles the quotes in the name of the role that Flyway resets a connection to, which Flyway does not. */
    private static final class QuotingConnection extends PgConnection {

        private static final String SET_ROLE = "SET ROLE '";

        QuotingConnection(UnpooledDataSource source) throws SQLException {
            Properties properties = Driver.parseURL(source.getUrl(), null);
            PGProperty.USER.set(properties, source.getUser());
            PGProperty.PASSWORD.set(properties, source.getPassword());
            super(
                    IntStream.range(0, source.getServerNames().length)
                            .mapToObj(i -> new HostSpec(source.getServerNames()[i], source.getPortNumbers()[i]))
                            .toArray(HostSpec[]::new),
                    properties,
                    source.getUrl());
        }

        @Override
        public PreparedStatement prepareStatement(String sql) throws SQLException {
            return super.prepareStatement(
                    sql.startsWith(SET_ROLE)
                            ? SET_ROLE
                                    + sql.substring(SET_ROLE.length(), sql.length() - 1)
                                            .replace("'", "''") + "'"
                            : sql);
        }
    }
}
