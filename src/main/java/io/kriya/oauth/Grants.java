package io.kriya.oauth;

import io.kriya.database.availability.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The steps of a grant. */
@ApplicationScoped
public class Grants {

    private static final Duration CODE_LIFE = Duration.ofSeconds(60);
    public static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

    private final Clock clock;

    Grants(Clock clock) {
        this.clock = clock;
    }

    /** Keeps a code for a person, within the transaction of the caller. */
    public void issue(AuthorizationRequest request, GrantSecret code, UUID person) {
        Instant now = now();
        var grant = new Grant();
        grant.id = UUID.randomUUID();
        grant.codeHash = code.hash().bytes();
        grant.userId = person;
        grant.clientId = request.clientId();
        grant.redirectUri = request.redirectUri();
        grant.codeChallenge = request.codeChallenge();
        grant.createdAt = now;
        grant.expiresAt = now.plus(CODE_LIFE);
        grant.persist();
    }

    /** Whether a code was issued and not yet exchanged. */
    @Deadline
    @Transactional
    public boolean isPending(GrantSecret code) {
        return Grant.isPending(code, now());
    }

    /** An access token for a code; empty where the code is not good for one. */
    @Deadline
    @Transactional
    Optional<GrantSecret> exchange(GrantSecret code, String clientId, String redirectUri, String challenge) {
        Instant now = now();
        GrantSecret token = GrantSecret.random(GrantSecret.Kind.ACCESS_TOKEN);
        if (Grant.exchange(code, clientId, redirectUri, challenge, token, now.plus(TOKEN_LIFE), now)) {
            return Optional.of(token);
        }
        Grant.endReplayed(code, now);
        return Optional.empty();
    }

    @Deadline
    @Transactional
    Optional<Grant.Person> personOf(GrantSecret token) {
        return Grant.personOf(token, now());
    }

    @Deadline
    @Transactional
    void end(GrantSecret token) {
        Grant.endToken(token, now());
    }

    private Instant now() {
        return clock.instant();
    }
}
