/**
 * The OAuth clients, and how they authenticate.
 *
 * <p>{@link io.kriya.oauth.client.OAuthClient} is the one that users log in to; another may only introspect ({@link
 * io.kriya.oauth.client.IntrospectionConfig}). {@link io.kriya.oauth.client.ClientAuthenticator} reads the credentials
 * of a request, compares them with those of all clients, limits wrong ones, and knows what each client may do.
 * {@link io.kriya.oauth.client.OAuthException} is the error response of the endpoints in {@link io.kriya.oauth}.
 */
package io.kriya.oauth.client;
