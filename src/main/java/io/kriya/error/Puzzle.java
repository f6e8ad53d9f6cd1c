package io.kriya.error;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A puzzle: find a number whose PBKDF2-HMAC-SHA256 (RFC 8018) begins with the prefix. The password is the number in
 * decimal digits, the salt is the challenge as text, the key has 32 bytes and is written in lower-case hex.
 *
 * @param algorithm always {@code PBKDF2-HMAC-SHA256}
 * @param challenge expires after five minutes and is accepted once
 * @param iterations the iterations of PBKDF2
 * @param prefix two hex digits: on average 256 numbers have to be tried
 */
@RegisterForReflection
public record Puzzle(String algorithm, String challenge, int iterations, String prefix) {}
