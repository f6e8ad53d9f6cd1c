/**
 * Dev mode: a PostgreSQL, a demo client and a welcome message. Nothing of it is in the jar or the binary.
 */
package io.kriya.dev;
