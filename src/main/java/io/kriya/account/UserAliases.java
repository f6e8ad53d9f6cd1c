package io.kriya.account;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kriya.database.Sql;
import io.kriya.database.availability.Deadline;
import io.kriya.security.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import org.hibernate.exception.ConstraintViolationException;

/**
 * Gives users a number and a handle, for clients that can't do with the id. Either is kept with the user once it is
 * needed, and never changes. It is made of the id, which is random: a user whose alias was lost, by a database that was
 * restored, gets the same again, and nobody else does. ArC also intercepts calls within this class.
 */
@ApplicationScoped
public class UserAliases {

    /** Of two at once the second waits for the lock of the row, and finds what the first has stored. */
    private static final String NUMBER =
            "update users set numeric_id = coalesce(numeric_id, :alias) where id = :id returning numeric_id as alias";

    private static final String HANDLE =
            "update users set handle = coalesce(handle, :alias) where id = :id returning handle as alias";

    /** Of a hundred million users of one name, one in some 3,000 needs a second. */
    private static final int ATTEMPTS = 5;

    /** What JavaScript represents exactly: fewer than 2^53. */
    private static final int NUMBER_BITS = 53;

    /** The number of a user that has none yet; empty if the user was erased. */
    public Optional<Long> giveNumber(UUID user) {
        return give(attempt -> store(user, NUMBER, number(random(user, attempt)), Long.class));
    }

    /** The handle of a user that has none yet; empty if the user was erased. */
    public Optional<String> giveHandle(UUID user, String firstName, String lastName) {
        return give(
                attempt -> store(user, HANDLE, Handle.of(firstName, lastName, random(user, attempt)), String.class));
    }

    /** Tries another alias if one is another user's. */
    private static <T> Optional<T> give(IntFunction<Optional<T>> store) {
        for (int attempt = 1; ; attempt++) {
            try {
                return store.apply(attempt);
            } catch (ConstraintViolationException taken) {
                if (attempt == ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    private static byte[] random(UUID user, int attempt) {
        return Sha256.of((user + " " + attempt).getBytes(US_ASCII));
    }

    private static long number(byte[] random) {
        return Math.max(1, ByteBuffer.wrap(random).getLong() >>> Long.SIZE - NUMBER_BITS);
    }

    @Deadline
    @Transactional
    <T> Optional<T> store(UUID user, String sql, T alias, Class<T> type) {
        return Sql.of(sql).with("alias", alias).with("id", user).first(row -> row.getObject("alias", type));
    }
}
