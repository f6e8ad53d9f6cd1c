/**
 * Warm-ups: each feature implements {@link io.kriya.warmup.WarmUp} for its slowest code, and {@code WarmUps} runs
 * them all before the service listens.
 */
package io.kriya.warmup;
