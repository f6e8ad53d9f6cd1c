/**
 * The one OAuth client, and how it authenticates.
 *
 * <p>{@link io.kriya.oauth.client.OAuthClient} compares the client's id, its secrets and its redirect URIs.
 * {@link io.kriya.oauth.client.ClientAuthenticator} reads the credentials of a request and limits wrong ones.
 * {@link io.kriya.oauth.client.OAuthException} is the error response of the endpoints in {@link io.kriya.oauth}.
 */
package io.kriya.oauth.client;
