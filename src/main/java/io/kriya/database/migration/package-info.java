/**
 * Migrates the schema when a replica starts ({@link io.kriya.database.migration.Migrations}), with progress in the
 * log and responds to health probes meanwhile. The scripts are in {@code src/main/resources/db/migration}.
 */
package io.kriya.database.migration;
