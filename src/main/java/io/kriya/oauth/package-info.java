/**
 * The OAuth 2.0 authorization server of one client, Plane.
 *
 * <p>{@link io.kriya.oauth.AuthorizationRequests} checks what the login page is asked for (RFC 6749, PKCE), and {@link
 * io.kriya.oauth.AuthorizationResponses} makes the redirect that ends it. {@link
 * io.kriya.oauth.Grants} issues an authorization code, exchanges it once for an access token, and revokes both; a
 * {@link io.kriya.oauth.Grant} is their row. The resources are the endpoints: token, introspection (RFC 7662),
 * revocation (RFC 7009), metadata (RFC 8414), and GitLab's user.
 */
package io.kriya.oauth;
