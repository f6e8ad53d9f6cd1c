package io.kriya.database.availability;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;

/** PostgreSQL can't be asked now: down, starting, frozen, out of connections, busy, or not answering in time. */
public final class DatabaseUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Classes of SQLSTATE in which the fault is the server's state or the way to it, not the statement. */
    private static final Set<String> CLASSES = Set.of("08", "28", "3D", "53", "55", "57", "58");

    /**
     * Lost against another's lock, or sent to a server that is being demoted: gone at the next try. Or a privilege that
     * Kriya's role has not: an operator's fault, and not the client's.
     */
    private static final Set<String> STATES = Set.of("40001", "40P01", "25006", "42501");

    private final boolean isBusy;

    public DatabaseUnavailable(Throwable cause) {
        super(cause.getClass().getSimpleName(), cause);
        isBusy = false;
    }

    private DatabaseUnavailable(String busy) {
        super(busy);
        isBusy = true;
    }

    /** More is asked than it can answer in time. */
    public static DatabaseUnavailable busy() {
        return new DatabaseUnavailable("more is asked than the database can answer in time");
    }

    /** Whether it is well, and only has too much to do. */
    public boolean isBusy() {
        return isBusy;
    }

    /** Whether this failure, or what caused it, is the database's being unavailable. */
    public static boolean isCauseOf(Throwable failure) {
        return goesBackTo(DatabaseUnavailable::isUnavailable, failure);
    }

    /** Whether the failure itself shows that the server is gone or refuses; else it may be no more than late. */
    public static boolean isLoss(Throwable failure) {
        return goesBackTo(
                sql -> sql.getSQLState() != null && sql.getSQLState().matches("(08|28|3D|53|57P|58).*"), failure);
    }

    /** Whether the database refuses this user, this password, or has another name: nothing that passes. */
    public static boolean isRefusal(Throwable failure) {
        return goesBackTo(sql -> sql.getSQLState() != null && sql.getSQLState().matches("(28|3D).*"), failure);
    }

    private static boolean goesBackTo(Predicate<SQLException> fault, Throwable failure) {
        // A commit that is lost leaves what happened among the suppressed.
        return failure != null
                && (failure instanceof SQLException sql && fault.test(sql)
                        || goesBackTo(fault, failure.getCause())
                        || Arrays.stream(failure.getSuppressed()).anyMatch(one -> goesBackTo(fault, one)));
    }

    private static boolean isUnavailable(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null || state.length() < 2) {
            // The pool's own refusals (acquisition timed out, interrupted, closed) carry no state.
            return failure.getClass() == SQLException.class;
        }
        return CLASSES.contains(state.substring(0, 2)) || STATES.contains(state);
    }
}
