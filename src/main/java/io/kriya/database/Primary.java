package io.kriya.database;

/**
 * Identifies a primary by its timeline and its last start.
 *
 * @param timeline increased by each promotion of a standby
 * @param startedAt the start time in the server's format
 */
public record Primary(long timeline, String startedAt) {

    /** Selects it as one column. Any role may run it; it takes a microsecond, and fails on a standby. */
    public static final String SQL =
            "left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) || extract(epoch from pg_postmaster_start_time())";

    private static final int TIMELINE_DIGITS = 8;

    public static Primary of(String column) {
        return new Primary(Long.parseLong(column, 0, TIMELINE_DIGITS, 16), column.substring(TIMELINE_DIGITS));
    }
}
