package io.kriya.token.cache;

/** The result of validating a token. */
public sealed interface TokenVerdict {

    record Valid(IssuedToken token) implements TokenVerdict {}

    /** Logged out or expired. */
    record Inactive() implements TokenVerdict {}

    /** Never issued, cleaned up, or not a token. */
    record Unknown() implements TokenVerdict {}
}
