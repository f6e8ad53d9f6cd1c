package io.kriya.database;

/**
 * A server that takes writes, in one run of it. Of two that both think that they are the primary, each is another.
 *
 * @param timeline is raised by the promotion of a standby, and by nothing else
 * @param startedAt when this run began, as the server writes it
 */
public record Primary(long timeline, String startedAt) {

    /** Has it of the server, as one column. Any role may ask, it takes a microsecond, and a standby refuses. */
    public static final String SQL =
            "left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) || extract(epoch from pg_postmaster_start_time())";

    private static final int TIMELINE_DIGITS = 8;

    public static Primary of(String column) {
        return new Primary(Long.parseLong(column, 0, TIMELINE_DIGITS, 16), column.substring(TIMELINE_DIGITS));
    }
}
