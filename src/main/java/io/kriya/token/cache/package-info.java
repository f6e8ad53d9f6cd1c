/**
 * The token cache of each replica, kept current by PostgreSQL's NOTIFY.
 *
 * <p>Triggers on {@code tokens} and {@code users} notify the channel {@code kriya_changes} of each change: {@code t}
 * and a token's hash, {@code u} and a user's id, or {@code *} for everything.
 * {@link io.kriya.token.cache.TokenChangeListener} receives them and invalidates
 * {@link io.kriya.token.cache.TokenCache}. So a change by another replica, or by hand in psql, counts here too.
 *
 * <p>A lost connection looks like a database without changes. So the listener sends itself a heartbeat five times a
 * second, by NOTIFY over a second connection. PostgreSQL delivers notifications in the order of their commits: when a
 * heartbeat arrives, every change committed before it was sent has arrived. Without a heartbeat of the last second the
 * cache is bypassed, which bounds how late a revocation can take effect. After a reconnect the cache is emptied.
 *
 * <p>A look-up may run while a change arrives. So changes are numbered, and a look-up notes the latest number before it
 * starts. Its result is valid until its token, its user or the whole cache has a change with a higher number.
 *
 * <p>After a failover, a result from another server than the one that sends the notifications is not cached. If
 * {@code TOKEN_CACHE_OUTAGE_SECONDS} is set, the cache is used for that long while the database is lost.
 */
package io.kriya.token.cache;
