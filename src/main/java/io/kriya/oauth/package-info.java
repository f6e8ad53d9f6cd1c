/**
 * The OAuth 2.0 authorization server of one client, Plane.
 *
 * <p>{@link io.kriya.oauth.AuthorizationRequest} is what the login page checks (RFC 6749, PKCE). {@link
 * io.kriya.oauth.Grants} issues an authorization code, exchanges it once for an access token, and revokes both; a
 * {@link io.kriya.oauth.Grant} is their row. The resources are the endpoints: token, introspection (RFC 7662),
 * revocation (RFC 7009), metadata (RFC 8414), and GitLab's user.
 */
package io.kriya.oauth;
