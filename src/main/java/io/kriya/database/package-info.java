/**
 * Connections to PostgreSQL: {@code DATABASE_URL} ({@link io.kriya.database.DatabaseUrl}), the pool's driver, which
 * refuses former primaries ({@link io.kriya.database.PrimaryDriver}, {@link io.kriya.database.Primaries}),
 * its sockets ({@link io.kriya.database.InterruptibleSockets}),
 * connections outside of the pool ({@link io.kriya.database.UnpooledDataSource}), cancel requests, and a clock that
 * is never ahead of the database's. What happens when the database is slow or lost is in {@link
 * io.kriya.database.availability}, and the schema in {@link io.kriya.database.migration}.
 */
package io.kriya.database;
