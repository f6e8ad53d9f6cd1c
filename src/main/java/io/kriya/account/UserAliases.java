package io.kriya.account;

import io.kriya.database.NativeQueries;
import io.kriya.database.availability.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/**
 * Gives users a number and a handle, for clients that can't do with the id. Either is kept with the user once it is
 * needed, and never changes. ArC also intercepts calls within this class.
 */
@ApplicationScoped
public class UserAliases {

    /** Of two at once the second waits for the lock of the row, and finds what the first has stored. */
    private static final String NUMBER = """
            update users set numeric_id = coalesce(numeric_id, nextval('users_numeric_id')) where id = :id
            returning numeric_id""";

    private static final String HANDLE =
            "update users set handle = coalesce(handle, :handle) where id = :id returning handle";

    /** A tail that another user has is rarer than one in a billion. */
    private static final int ATTEMPTS = 5;

    /** The number of a user that has none yet; empty if the user was erased. */
    @Deadline
    @Transactional
    public Optional<Long> giveNumber(UUID user) {
        return NativeQueries.scalar(NUMBER, "numeric_id", Long.class)
                .setParameter("id", user)
                .uniqueResultOptional();
    }

    /** The handle of a user that has none yet; empty if the user was erased. */
    public Optional<String> giveHandle(UUID user, String firstName, String lastName) {
        for (int attempt = 1; ; attempt++) {
            try {
                return store(user, Handle.of(firstName, lastName));
            } catch (ConstraintViolationException taken) {
                if (attempt == ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    @Deadline
    @Transactional
    Optional<String> store(UUID user, String handle) {
        return NativeQueries.scalar(HANDLE, "handle", String.class)
                .setParameter("handle", handle)
                .setParameter("id", user)
                .uniqueResultOptional();
    }
}
