package io.kriya.database;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.Arc;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.exception.ConstraintViolationException;

/**
 * A statement of SQL with named parameters, such as {@code :phone}. It runs in the transaction of the caller, or in one of
 * its own if there is none, and without a session of Hibernate: what Hibernate has not written yet, it does not see.
 */
public final class Sql {

    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-zA-Z]\\w*)");

    private static final String UNIQUE_VIOLATION = "23505";

    /** By text. */
    private static final Map<String, Template> TEMPLATES = new ConcurrentHashMap<>();

    private final Template template;
    private final Map<String, Object> values = HashMap.newHashMap(8);

    private Sql(Template template) {
        this.template = template;
    }

    /** What JDBC prepares, and the names of its parameters in their order. */
    private record Template(String text, List<String> names) {

        static Template parse(String sql) {
            var parameters = PARAMETER.matcher(sql);
            List<String> names =
                    parameters.results().map(found -> found.group(1)).toList();
            return new Template(parameters.replaceAll("?"), names);
        }
    }

    /** Reads one row. */
    public interface Row<T> {

        T read(ResultSet row) throws SQLException;
    }

    /** @param text from a small fixed set, as it is kept */
    public static Sql of(String text) {
        return new Sql(TEMPLATES.computeIfAbsent(text, Template::parse));
    }

    /** @param value may be null, and an {@link Instant} */
    public Sql with(String name, Object value) {
        values.put(name, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
        return this;
    }

    /**
     * Changes rows.
     *
     * @return how many
     * @throws ConstraintViolationException if a row is not unique
     */
    public int update() {
        return run(template.text, List.of(this), PreparedStatement::executeUpdate);
    }

    /**
     * The first row; empty if there is none, or if it is read as null.
     *
     * @throws ConstraintViolationException as {@link #update} does
     */
    public <T> Optional<T> first(Row<T> row) {
        return run(template.text, List.of(this), statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.ofNullable(row.read(rows)) : Optional.empty();
            }
        });
    }

    /** Runs statements one after the other, in one round trip; what they return is ignored. There may be none. */
    public static void updateAll(List<Sql> statements) {
        if (statements.isEmpty()) {
            return;
        }
        String text = statements.stream().map(one -> one.template.text).collect(Collectors.joining(";"));
        run(text, statements, PreparedStatement::execute);
    }

    /** The time in a column, or null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private interface Execution<T> {

        T of(PreparedStatement statement) throws SQLException;
    }

    private static <T> T run(String text, List<Sql> statements, Execution<T> execution) {
        try (Connection connection =
                        Arc.container().instance(AgroalDataSource.class).get().getConnection();
                PreparedStatement prepared = connection.prepareStatement(text)) {
            int index = 0;
            for (Sql statement : statements) {
                for (String name : statement.template.names) {
                    prepared.setObject(++index, statement.value(name));
                }
            }
            return execution.of(prepared);
        } catch (SQLException failure) {
            // As Hibernate does: a transaction is rolled back for an unchecked exception only.
            throw UNIQUE_VIOLATION.equals(failure.getSQLState())
                    ? new ConstraintViolationException(failure.getMessage(), failure, null)
                    : new PersistenceException(failure);
        }
    }

    private Object value(String name) {
        if (!values.containsKey(name)) {
            throw new IllegalStateException("No value for :" + name);
        }
        return values.get(name);
    }
}
