package io.kriya.cleanup;

import io.kriya.oauth.Grants;
import java.time.Duration;
import java.util.List;

/**
 * A table whose rows are deleted after their expiry.
 *
 * @param name what the log calls the rows
 * @param key the table's primary key
 * @param column the time at which a row expires
 * @param retention how long an expired row is kept
 */
record CleanupTask(String name, String table, String key, String column, Duration retention) {

    static CleanupTask tokens(Duration retention) {
        return new CleanupTask("expired tokens", "tokens", "id", "expires_at", retention);
    }

    static List<CleanupTask> all(Duration tokenRetention) {
        return List.of(
                tokens(tokenRetention),
                // Kept as long as its access token can be valid, which a replay of its code revokes.
                new CleanupTask("expired grants", "grants", "id", "expires_at", Grants.TOKEN_LIFE),
                new CleanupTask("expired verifications", "challenges", "id", "expires_at", Duration.ZERO),
                new CleanupTask("unused rate limits", "limits", "name", "paid_at", Duration.ZERO),
                new CleanupTask("unused cool-downs", "cooldowns", "key", "expires_at", Duration.ZERO),
                new CleanupTask("expired notices", "notices", "key", "expires_at", Duration.ZERO),
                new CleanupTask("expired devices", "devices", "id", "expires_at", Duration.ZERO),
                // An SMS provider's bill can be checked against them.
                new CleanupTask("records of old messages", "messages", "id", "created_at", Duration.ofDays(90)));
    }

    /**
     * The statement that deletes a batch. Its parameters are the lowest and the highest time and the number of rows; it
     * returns the time of each deleted row.
     */
    String sql() {
        return """
                delete from %1$s where %2$s in (
                    select %2$s from %1$s where %3$s >= ? and %3$s <= ?
                    order by %3$s limit ?
                    for update skip locked)
                returning %3$s""".formatted(table, key, column);
    }
}
