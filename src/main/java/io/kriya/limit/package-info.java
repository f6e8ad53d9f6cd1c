/**
 * Rate limits that all replicas share. {@link io.kriya.limit.Limit} is a rate such as {@code 20/24h};
 * {@link io.kriya.limit.Limits} applies it to a key, with GCRA in one SQL statement. The
 * tables have no number and no address, only what {@link io.kriya.limit.LimitKeys} makes of them.
 */
package io.kriya.limit;
