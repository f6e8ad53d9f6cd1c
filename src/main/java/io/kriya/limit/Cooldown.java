package io.kriya.limit;

import io.kriya.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/**
 * The cool-down between messages to one key, in the database, with one statement per message: messages are {@link #GAP}
 * apart, and at most {@link #COUNT} within any {@link #PERIOD}. A GCRA has either of the two, not both: this keeps the
 * times of the last messages.
 */
@ApplicationScoped
public class Cooldown {

    /** The least time between two messages. */
    public static final Duration GAP = Duration.ofSeconds(30);

    /** The maximum number of messages within the period. */
    public static final int COUNT = 5;

    /** The period. */
    public static final Duration PERIOD = Duration.ofMinutes(10);

    private static final String TAKE = """
            insert into cooldowns as c (key, sent_at, expires_at)
            values (:key, array[cast(:now as timestamptz)], cast(:now as timestamptz) + cast(:period as interval))
            on conflict (key) do update set
                sent_at = cast(:now as timestamptz) || c.sent_at[1:%1$d], expires_at = excluded.expires_at
            where coalesce(c.sent_at[1] <= cast(:now as timestamptz) - cast(:gap as interval), true)
                and coalesce(c.sent_at[%2$d] <= cast(:now as timestamptz) - cast(:period as interval), true)""".formatted(COUNT - 1, COUNT);

    private static final String OLDEST =
            "select sent_at[%d] as oldest from cooldowns where key = :key".formatted(COUNT);

    private static final String NAME = "cooldown";

    private final LimitKeys keys;

    Cooldown(LimitKeys keys) {
        this.keys = keys;
    }

    /**
     * Counts a message, in the caller's transaction: a rollback undoes it.
     *
     * @return false if a message was sent less than {@link #GAP} ago
     * @throws LimitedException if {@link #COUNT} messages were sent within {@link #PERIOD}
     */
    public boolean take(String key, Instant now) {
        int taken = Sql.of(TAKE)
                .with("key", keys.of(NAME, key))
                .with("now", now)
                .with("gap", GAP.toString())
                .with("period", PERIOD.toString())
                .update();
        if (taken == 0) {
            Sql.of(OLDEST)
                    .with("key", keys.of(NAME, key))
                    .first(row -> Sql.instant(row, "oldest"))
                    .map(oldest -> oldest.plus(PERIOD))
                    .filter(now::isBefore)
                    .ifPresent(retryAt -> {
                        throw new LimitedException(retryAt);
                    });
        }
        return taken > 0;
    }

    /** Undoes the last {@link #take}. */
    public void giveBack(String key) {
        Sql.of("update cooldowns set sent_at = sent_at[2:] where key = :key")
                .with("key", keys.of(NAME, key))
                .update();
    }
}
