/**
 * Rate limits that all replicas share. {@link io.kriya.limit.Limit} is a rate such as {@code 20/24h};
 * {@link io.kriya.limit.Limits} applies it to a key, with GCRA in one SQL statement.
 */
package io.kriya.limit;
