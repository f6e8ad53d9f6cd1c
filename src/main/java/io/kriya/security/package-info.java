/**
 * Cryptography: random secrets and their hashes ({@link io.kriya.security.Secret}, {@link
 * io.kriya.security.SecretHash}), the server's keys and the keys derived from them ({@link
 * io.kriya.security.ServerKeys}, {@link io.kriya.security.DerivedKey}), authenticated encryption ({@link
 * io.kriya.security.EncryptionKey}), and the roles of callers.
 */
package io.kriya.security;
