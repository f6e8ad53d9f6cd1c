/**
 * Login tokens. A token is a row with the hash of a {@link io.kriya.token.TokenSecret};
 * {@link io.kriya.token.Tokens} validates and revokes them, with a cache in {@link io.kriya.token.cache} and look-ups
 * that share a statement in {@link io.kriya.token.TokenLookup}. {@link io.kriya.token.UserResource} and
 * {@link io.kriya.token.LogoutResource} are the API of a token's holder.
 */
package io.kriya.token;
