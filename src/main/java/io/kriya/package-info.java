/**
 * Starts the application: {@link io.kriya.Main} has the commands, {@code BuildInfo} logs the version, {@code
 * Termination} sets the exit code after SIGTERM, {@code SystemClock} provides the clock.
 */
package io.kriya;
