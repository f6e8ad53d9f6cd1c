package io.kriya.token;

import io.kriya.database.availability.DatabaseUnavailable;
import io.kriya.database.availability.Deadline;
import io.kriya.security.SecretHash;
import io.kriya.token.cache.TokenCache;
import io.kriya.token.cache.TokenVerdict;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** The tokens that were issued. */
@ApplicationScoped
public class Tokens {

    private final TokenCache memory;
    private final TokenLookup lookup;
    private final Clock clock;

    Tokens(TokenCache memory, TokenLookup lookup, Clock clock) {
        this.memory = memory;
        this.lookup = lookup;
        this.clock = clock;
    }

    /** What a text that somebody shows is worth now; what can't be a token is judged without asking the database. */
    public Uni<TokenVerdict> judge(String shown) {
        return TokenSecret.parse(shown).map(this::judge).orElseGet(() -> Uni.createFrom()
                .item(new TokenVerdict.Unknown()));
    }

    private Uni<TokenVerdict> judge(TokenSecret secret) {
        SecretHash hash = secret.hash();
        return recall(hash).orElseGet(() -> lookUp(hash));
    }

    private Optional<Uni<TokenVerdict>> recall(SecretHash hash) {
        return memory.recall(hash)
                .map(token -> token.judge(clock.instant()))
                // Past its expiry it may have been given a new one, or be cleaned up.
                .filter(TokenVerdict.Good.class::isInstance)
                .map(verdict -> Uni.createFrom().item(verdict));
    }

    private Uni<TokenVerdict> lookUp(SecretHash hash) {
        long asOf = memory.now();
        return lookup.find(hash)
                .map(found -> {
                    TokenVerdict verdict = found.token()
                            .map(token -> token.judge(clock.instant()))
                            .orElseGet(TokenVerdict.Unknown::new);
                    if (verdict instanceof TokenVerdict.Good good) {
                        memory.keep(hash, good.token(), asOf, found.answered());
                    }
                    return verdict;
                })
                // Memory may be allowed to outlast the database.
                .onFailure(DatabaseUnavailable.class)
                .recoverWithUni(
                        lost -> recall(hash).orElseGet(() -> Uni.createFrom().failure(lost)));
    }

    /**
     * Ends a token. When this returns, it is good nowhere on this replica.
     *
     * @return whether it was ever issued; it may have been over before
     */
    @Deadline
    public boolean end(TokenSecret secret) {
        boolean isUnknown = false;
        try {
            isUnknown = !QuarkusTransaction.requiringNew().call(() -> Token.end(secret));
            return !isUnknown;
        } finally {
            // Also where the commit's outcome is not known.
            if (!isUnknown) {
                memory.forget(secret.hash());
            }
        }
    }

    /** A person has changed; when this returns, they are shown as they are on this replica. */
    public void changed(UUID person) {
        memory.forget(person);
    }
}
