/** What the service is and that it runs: {@code GET /}, {@code GET /health} and the liveness probe. */
package io.kriya.status;
