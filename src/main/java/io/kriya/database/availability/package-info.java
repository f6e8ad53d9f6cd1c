/**
 * Behaviour when the database is slow, overloaded or lost. {@link io.kriya.database.availability.Deadline} bounds the
 * time of database work, {@link io.kriya.database.availability.Admission} and {@link
 * io.kriya.database.availability.Backlog} bound the queue for it, {@link io.kriya.database.availability.Outage}
 * tracks and logs outages, and readiness is in
 * {@link io.kriya.database.availability.DatabaseHealth}. All failures are
 * {@link io.kriya.database.availability.DatabaseUnavailable}, which the API returns as 503.
 */
package io.kriya.database.availability;
