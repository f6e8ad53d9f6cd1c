package io.kriya.token;

import io.kriya.database.Deadline;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** The tokens that were issued. */
@ApplicationScoped
public class Tokens {

    private final TokenLookup lookup;
    private final Clock clock;

    Tokens(TokenLookup lookup, Clock clock) {
        this.lookup = lookup;
        this.clock = clock;
    }

    /** What a text that somebody shows is worth now; what can't be a token is judged without asking the database. */
    public Uni<TokenVerdict> judge(String shown) {
        return TokenSecret.parse(shown).map(this::judge).orElseGet(() -> Uni.createFrom()
                .item(new TokenVerdict.Unknown()));
    }

    private Uni<TokenVerdict> judge(TokenSecret secret) {
        return lookup.find(secret.hash())
                .map(found -> found.map(token -> token.judge(clock.instant())).orElseGet(TokenVerdict.Unknown::new));
    }

    /**
     * Ends a token.
     *
     * @return whether it was ever issued; it may have been over before
     */
    @Deadline
    @Transactional
    public boolean end(TokenSecret secret) {
        return Token.end(secret);
    }
}
