package io.kriya.token.cache;

import io.kriya.account.UserView;
import java.util.Optional;

/** What a text that somebody shows as a token is worth. */
public sealed interface TokenVerdict {

    /** A token that lets its person in. */
    record Good(IssuedToken token) implements TokenVerdict {}

    /** A token that was logged out or is past its expiry. */
    record Over() implements TokenVerdict {}

    /** Never issued, cleaned up, or no token at all. */
    record Unknown() implements TokenVerdict {}

    /** The person that the token lets in. */
    default Optional<UserView> letIn() {
        return this instanceof Good good ? Optional.of(good.token().person()) : Optional.empty();
    }
}
