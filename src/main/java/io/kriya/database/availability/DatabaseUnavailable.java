package io.kriya.database.availability;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Predicate;

/** PostgreSQL is unavailable: down, starting, frozen, out of connections, overloaded, or not answering in time. */
public final class DatabaseUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * The SQLSTATE codes of faults of the server or the connection; a serialization failure, a deadlock or a server
     * that is being demoted, which a retry solves; and a privilege that Kriya's role lacks, which is not the client's
     * fault.
     */
    private static final String UNAVAILABLE = "(08|28|3D|53|55|57|58).*|40001|40P01|25006|42501";

    private final boolean isBusy;

    public DatabaseUnavailable(Throwable cause) {
        super(cause.getClass().getSimpleName(), cause);
        isBusy = false;
    }

    private DatabaseUnavailable(String busy) {
        super(busy);
        isBusy = true;
    }

    /** The queue for the database is too long. */
    public static DatabaseUnavailable busy() {
        return new DatabaseUnavailable("more is asked than the database can answer in time");
    }

    /** Whether it is only overloaded. */
    public boolean isBusy() {
        return isBusy;
    }

    /** Whether this failure, or a cause of it, means that the database is unavailable. */
    public static boolean isCauseOf(Throwable failure) {
        // The pool's own exceptions (acquisition timed out, interrupted, closed) have no state.
        return hasCause(failure, UNAVAILABLE)
                || hasCause(failure, sql -> sql.getSQLState() == null && sql.getClass() == SQLException.class);
    }

    /** Whether the failure proves that the server is gone or refuses connections. */
    public static boolean isLoss(Throwable failure) {
        return hasCause(failure, "(08|28|3D|53|57P|58).*");
    }

    /** Whether user, password or database name are wrong, which a retry does not solve. */
    public static boolean isRefusal(Throwable failure) {
        return hasCause(failure, "(28|3D).*");
    }

    private static boolean hasCause(Throwable failure, String states) {
        return hasCause(
                failure, sql -> sql.getSQLState() != null && sql.getSQLState().matches(states));
    }

    private static boolean hasCause(Throwable failure, Predicate<SQLException> cause) {
        // If a commit fails, the cause is among the suppressed exceptions.
        return failure != null
                && (failure instanceof SQLException sql && cause.test(sql)
                        || hasCause(failure.getCause(), cause)
                        || Arrays.stream(failure.getSuppressed()).anyMatch(one -> hasCause(one, cause)));
    }
}
