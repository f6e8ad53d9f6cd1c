package io.kriya.challenge;

import io.kriya.account.PhoneNumber;
import io.kriya.database.Sql;
import io.kriya.security.DerivedKey;
import io.kriya.security.ServerKeys;
import io.kriya.sms.Notice;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What owners of numbers are told with the next message: at most one {@link Notice} a day, the most serious first. They
 * are stored by an HMAC of the number, so that the table reveals no number; a new {@code SECRET_KEY} forgets them. Each
 * method is part of the caller's transaction, which locks rate limits first, to prevent deadlocks.
 */
@ApplicationScoped
public class Notices {

    /** How long a notice waits for a message. */
    static final Duration LIFE = Duration.ofDays(30);

    /** The least time between two notices. */
    private static final Duration PAUSE = Duration.ofDays(1);

    /** The wrong codes in a row, over all challenges of a number, that its owner is told of. */
    private static final int MANY_WRONG_CODES = 5;

    private static final String COUNT_WRONG_CODE = """
            insert into notices as n (key, wrong_codes, expires_at) values (:key, 1, :expires)
            on conflict (key) do update set
                wrong_codes = (n.wrong_codes + 1) %% %1$d,
                wrong_codes_at = case when n.wrong_codes + 1 >= %1$d then :now else n.wrong_codes_at end,
                expires_at = excluded.expires_at""".formatted(MANY_WRONG_CODES);

    /** A release forgets the device of the account that had the number. */
    private static final String RECORD = """
            insert into notices as n (key, %s_at, expires_at) values (:key, :now, :expires)
            on conflict (key) do update set
                released_at = coalesce(excluded.released_at, n.released_at),
                new_device_at = excluded.new_device_at,
                expires_at = excluded.expires_at""";

    /** The inner statement locks the row, so that of concurrent messages one has the notice. */
    private static final String TAKE = """
            update notices n set
                released_at = case when due.notice <> 'released' then n.released_at end,
                new_device_at = case when due.notice <> 'new_device' then n.new_device_at end,
                wrong_codes_at = case when due.notice <> 'wrong_codes' then n.wrong_codes_at end,
                told_at = :now,
                expires_at = greatest(n.expires_at, :next)
            from (
                select key, case
                    when released_at > :since then 'released'
                    when new_device_at > :since then 'new_device'
                    when wrong_codes_at > :since then 'wrong_codes' end as notice
                from notices where key = :key and coalesce(told_at <= :latest, true)
                for update) due
            where n.key = due.key and due.notice is not null
            returning due.notice""";

    private static final String REVERT =
            "update notices set %1$s_at = coalesce(%1$s_at, told_at), told_at = null where key = :key";

    private final DerivedKey key;

    Notices(ServerKeys keys) {
        key = keys.derive("kriya notice key").getFirst();
    }

    /** Counts a wrong code, for any number, whether it has an account or not. */
    Sql countingWrongCode(PhoneNumber phone, Instant now) {
        return sql(COUNT_WRONG_CODE, phone).with("now", now).with("expires", now.plus(LIFE));
    }

    /** The wrong codes in a row begin anew. */
    Sql resettingWrongCodes(PhoneNumber phone) {
        return sql("update notices set wrong_codes = 0 where key = :key and wrong_codes > 0", phone);
    }

    /** A user with this number has logged in on a device that the account did not know. */
    public Sql addingNewDevice(PhoneNumber phone, Instant now) {
        return adding(Notice.NEW_DEVICE, phone, now);
    }

    /** An account has lost this number. */
    public Sql addingReleased(PhoneNumber phone, Instant now) {
        return adding(Notice.RELEASED, phone, now);
    }

    private Sql adding(Notice notice, PhoneNumber phone, Instant now) {
        return sql(RECORD.formatted(notice.label()), phone).with("now", now).with("expires", now.plus(LIFE));
    }

    /** Takes the notice for a message to this number; empty if there is none, or one was taken within a day. */
    Optional<Notice> take(PhoneNumber phone, Instant now) {
        return sql(TAKE, phone)
                .with("now", now)
                .with("since", now.minus(LIFE))
                .with("latest", now.minus(PAUSE))
                .with("next", now.plus(PAUSE))
                .first(row -> row.getString("notice"))
                .flatMap(Notice::parse);
    }

    /** Undoes {@link #take}, as the message was not sent. */
    void revert(Notice notice, PhoneNumber phone) {
        sql(REVERT.formatted(notice.label()), phone).update();
    }

    void forget(PhoneNumber phone) {
        sql("delete from notices where key = :key", phone).update();
    }

    private Sql sql(String text, PhoneNumber phone) {
        return Sql.of(text).with("key", keyOf(phone));
    }

    private byte[] keyOf(PhoneNumber phone) {
        return key.mac(phone.value().getBytes(StandardCharsets.UTF_8));
    }
}
