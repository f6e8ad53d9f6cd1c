package io.kriya.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections outside of the pool, without the limits of a request: for the migrations, and to ask whether the database is there
 * when the pool is full. Flyway sets the role of the connection's user back without doubling the quotes in its name,
 * which a role may have; here they are doubled.
 */
public class UnpooledDataSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1;
    private static final String SET_ROLE = "SET ROLE '";

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return getUser() != null && getUser().contains("'") ? quoting(connection) : connection;
    }

    /** To the database of this URL. */
    public static UnpooledDataSource of(DatabaseUrl url) {
        var source = new UnpooledDataSource();
        source.setURL(url.jdbcUrl());
        source.setLogServerErrorDetail(false);
        url.user().ifPresent(source::setUser);
        url.password().ifPresent(source::setPassword);
        return source;
    }

    /** To the database of this pool. */
    public static UnpooledDataSource of(AgroalDataSource pool) {
        AgroalConnectionFactoryConfiguration from =
                pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
        var source = new UnpooledDataSource();
        source.setURL(from.jdbcUrl());
        source.setLogServerErrorDetail(false);
        if (from.principal() instanceof NamePrincipal user) {
            source.setUser(user.getName());
        }
        from.credentials().forEach(credential -> {
            if (credential instanceof SimplePassword password) {
                source.setPassword(password.getWord());
            }
        });
        if (source.getLoginTimeout() == 0) {
            source.setLoginTimeout(10);
        }
        return source;
    }

    private static Connection quoting(Connection connection) {
        InvocationHandler doubleQuotes = (_, method, arguments) -> {
            if (arguments != null && arguments[0] instanceof String sql && sql.startsWith(SET_ROLE)) {
                String role = sql.substring(SET_ROLE.length(), sql.length() - 1);
                arguments[0] = SET_ROLE + role.replace("'", "''") + "'";
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        };
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, doubleQuotes);
    }
}
