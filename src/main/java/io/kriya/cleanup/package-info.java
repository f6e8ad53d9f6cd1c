/**
 * Deletes expired rows, in small batches that yield to requests. {@link io.kriya.cleanup.CleanupTask} lists the tables,
 * {@link io.kriya.cleanup.CleanupSchedule} cleans them up every hour, and {@link io.kriya.cleanup.CleanupResource}
 * deletes expired tokens on request.
 */
package io.kriya.cleanup;
