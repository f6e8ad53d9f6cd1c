/**
 * The address of a client, the key of rate limits: from the connection, or from {@code Forwarded} and {@code
 * X-Forwarded-For} where a trusted proxy has set them. Quarkus's own proxy support takes the first element, which a
 * client can forge.
 */
package io.kriya.http.address;
