/**
 * The API for the Plane backend: {@link io.kriya.plane.ValidateTokenResource} validates a login token,
 * {@link io.kriya.plane.ApiKeyMechanism} authenticates Plane by its API key.
 */
package io.kriya.plane;
