/**
 * Limits of connections and of the memory of requests, as Netty handlers in front of the HTTP server.
 *
 * <p>{@link io.kriya.http.connection.ConnectionInitializer} adds them to each connection. {@link
 * io.kriya.http.connection.ConnectionLimit} limits the connections, {@link io.kriya.http.connection.UnfinishedHeads}
 * and {@link io.kriya.http.connection.IncomingBodies} the heads and bodies, which share {@link
 * io.kriya.http.connection.RequestMemory}.
 */
package io.kriya.http.connection;
