/**
 * The API for the Plane backend: {@link io.kriya.plane.ValidateTokenResource} validates a login token.
 */
package io.kriya.plane;
