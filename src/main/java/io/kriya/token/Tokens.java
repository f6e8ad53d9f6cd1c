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

/** Validates and revokes tokens. */
@ApplicationScoped
public class Tokens {

    private final TokenCache cache;
    private final TokenLookup lookup;
    private final TokenUses uses;
    private final Clock clock;

    Tokens(TokenCache cache, TokenLookup lookup, TokenUses uses, Clock clock) {
        this.cache = cache;
        this.lookup = lookup;
        this.uses = uses;
        this.clock = clock;
    }

    /** Validates a presented token. A text that does not have the form of a token costs no look-up. */
    public Uni<TokenVerdict> validate(String presented) {
        return TokenSecret.parse(presented)
                .map(secret -> validate(secret.hash()))
                .orElseGet(() -> Uni.createFrom().item(new TokenVerdict.Unknown()));
    }

    private Uni<TokenVerdict> validate(SecretHash hash) {
        return cached(hash).orElseGet(() -> lookUp(hash));
    }

    private Optional<Uni<TokenVerdict>> cached(SecretHash hash) {
        return cache.get(hash)
                .map(token -> token.validate(clock.instant()))
                // An expired token is looked up: it may have been extended or cleaned up.
                .filter(TokenVerdict.Valid.class::isInstance)
                .map(verdict -> {
                    uses.record(hash);
                    return Uni.createFrom().item(verdict);
                });
    }

    private Uni<TokenVerdict> lookUp(SecretHash hash) {
        long changeNumber = cache.changeNumber();
        return lookup.find(hash)
                .map(found -> {
                    TokenVerdict verdict = found.token()
                            .map(token -> token.validate(clock.instant()))
                            .orElseGet(TokenVerdict.Unknown::new);
                    if (verdict instanceof TokenVerdict.Valid valid) {
                        cache.put(hash, valid.token(), changeNumber, found.answeredBy());
                        uses.record(hash);
                    }
                    return verdict;
                })
                // The failure may have started an outage, in which the cache may be used longer.
                .onFailure(DatabaseUnavailable.class)
                .recoverWithUni(
                        lost -> cached(hash).orElseGet(() -> Uni.createFrom().failure(lost)));
    }

    /**
     * Revokes a token, at once on this replica.
     *
     * @return false if the token does not exist; true if it was already revoked
     */
    @Deadline
    public boolean revoke(TokenSecret secret) {
        boolean isUnknown = false;
        try {
            isUnknown = !QuarkusTransaction.requiringNew().call(() -> Token.revoke(secret));
            return !isUnknown;
        } finally {
            // The cache is invalidated even if the result of the commit is not known.
            if (!isUnknown) {
                cache.invalidate(secret.hash());
            }
        }
    }

    /** Invalidates the cached tokens of a user whose data has changed, at once on this replica. */
    public void invalidateUser(UUID user) {
        cache.invalidateUser(user);
    }
}
