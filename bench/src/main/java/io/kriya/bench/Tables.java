package io.kriya.bench;

import java.util.List;

/** What the tables hold: tokens 1 to n, each of a user of its own. */
final class Tables {

    /** What the text of every token begins with; its number follows. */
    static final String TOKEN = "kriya_00000000-0000-4000-8000-";

    /** The phone numbers of the users begin after this one. */
    static final long KNOWN = 2_000_000_000L;

    /** Those of new users begin after this one. */
    static final long NEW = 3_000_000_000L;

    /** Numbers that codes are sent to, valid ones, begin with this one. */
    static final long VERIFIED = 2_122_000_000L;

    /** When a row was made that the benchmark keeps. */
    private static final String FILLED = "timestamptz '2020-01-01'";

    /** Neither foreign keys nor triggers need to look at each row. */
    private static final String QUIETLY = "set session_replication_role = replica;";

    private Tables() {}

    static String token(long number) {
        return TOKEN + digits(number);
    }

    /** Twelve digits. */
    static String digits(long number) {
        return Long.toString(1_000_000_000_000L + number).substring(1);
    }

    static void fill(Database database, int size) {
        database.execute(
                QUIETLY + """
                insert into users (id, phone_number, first_name, last_name, email, created_at, updated_at)
                select %1$s, '+1' || %2$d + n, 'Ada', 'Lovelace', null, %3$s, %3$s from generate_series(1, %4$d) n
                """.formatted(uuid("user"), KNOWN, FILLED, size),
                QUIETLY + """
                insert into tokens (id, user_id, token_hash, is_active, expires_at, created_at)
                select %s, %s, sha256(convert_to('%s' || lpad(n::text, 12, '0'), 'UTF8')), true, now() + interval '30 days', %s
                from generate_series(1, %d) n
                """.formatted(uuid("token"), uuid("user"), TOKEN, FILLED, size));
        vacuum(database);
    }

    /** Random ones of version 4, but the same every time. */
    private static String uuid(String kind) {
        return "overlay(overlay(md5('%s' || n) placing '4' from 13 for 1) placing '8' from 17 for 1)::uuid"
                .formatted(kind);
    }

    /** Users with numbers that codes are sent to. */
    static void addVerified(Database database, int count) {
        database.execute(QUIETLY + """
                insert into users (id, phone_number, first_name, last_name, email, created_at, updated_at, last_login_at)
                select gen_random_uuid(), '+1' || %d + n, 'Ada', 'Lovelace', null, %2$s, %2$s, now()
                from generate_series(0, %3$d - 1) n
                """.formatted(VERIFIED, FILLED, count));
    }

    /** What sending and verifying codes left. */
    static void forgetCodes(Database database) {
        for (String table : List.of("challenges", "messages", "limits", "cooldowns", "notices", "devices")) {
            database.execute("delete from " + table, "vacuum analyze " + table);
        }
    }

    static void addExpired(Database database, int count, int size) {
        database.execute(
                QUIETLY + """
                insert into tokens (id, user_id, token_hash, is_active, expires_at, created_at)
                select gen_random_uuid(), %s, sha256(uuid_send(gen_random_uuid())), true, now() - n * interval '1 ms', %s
                from generate_series(1, %d) i, lateral (select i %% %d + 1 as n) u
                """.formatted(uuid("user"), FILLED, count, size), "vacuum analyze tokens", "checkpoint");
    }

    /** What a clean-up has not come to yet. */
    static void dropExpired(Database database) {
        database.execute(QUIETLY + "delete from tokens where expires_at < now()");
    }

    /** Undoes what registrations and logouts did. */
    static void restore(Database database) {
        database.execute(
                QUIETLY + "delete from tokens where created_at > " + FILLED,
                QUIETLY + "delete from users where created_at > " + FILLED,
                QUIETLY + "update tokens set is_active = true where not is_active");
        vacuum(database);
    }

    static void vacuum(Database database) {
        database.execute("vacuum analyze users", "vacuum analyze tokens", "checkpoint");
    }

    /** Microseconds that the server takes for the hash of a token, which Kriya computes itself. */
    static double hashMicros(Database database) {
        int count = 200_000;
        String hash = "sha256(convert_to('" + TOKEN + "' || lpad(n::text, 12, '0'), 'UTF8'))";
        long began = System.nanoTime();
        database.query("select max(n) from generate_series(1, %d) n".formatted(count));
        long between = System.nanoTime();
        database.query("select max(%s) from generate_series(1, %d) n".formatted(hash, count));
        return ((System.nanoTime() - between) - (between - began)) / 1e3 / count;
    }
}
