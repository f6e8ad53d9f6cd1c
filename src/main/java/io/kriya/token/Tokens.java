package io.kriya.token;

import io.kriya.database.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** The tokens that were issued. */
@Deadline
@ApplicationScoped
public class Tokens {

    private final Clock clock;

    Tokens(Clock clock) {
        this.clock = clock;
    }

    /** What a token is worth now. */
    public TokenVerdict judge(TokenSecret secret) {
        return Token.find(secret).map(token -> token.judge(clock.instant())).orElseGet(TokenVerdict.Unknown::new);
    }

    /**
     * Ends a token.
     *
     * @return whether it was ever issued; it may have been over before
     */
    @Transactional
    public boolean end(TokenSecret secret) {
        return Token.end(secret);
    }
}
