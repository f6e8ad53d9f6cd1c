package io.kriya.oauth;

import io.kriya.database.Sql;
import io.kriya.database.availability.Deadline;
import io.kriya.http.address.ClientOrigin;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Issues, exchanges and revokes grants. */
@ApplicationScoped
public class Grants {

    private static final Duration CODE_LIFE = Duration.ofSeconds(60);
    public static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

    static final String UNKNOWN_CODE = "code is unknown; it takes the one of the redirect.";

    /** One statement, so that of concurrent exchanges one succeeds. */
    private static final String EXCHANGE = """
            update grants set token_hash = :token, token_expires_at = :tokenExpiresAt
            where code_hash = :code and client_id = :client and redirect_uri = :uri
                and code_challenge is not distinct from cast(:challenge as text)
                and token_hash is null and ended_at is null and expires_at > :now""";

    private static final String USER = """
            select u.id, u.firstName, u.lastName, u.verifiedEmail, u.createdAt, u.numericId, u.handle,
                g.clientId, g.tokenExpiresAt
            from Grant g join User u on u.id = g.userId
            where g.tokenHash = ?1 and g.endedAt is null and g.tokenExpiresAt > ?2""";

    /**
     * The user of an access token, and the token's client and expiry.
     *
     * @param numericId null until it is given
     * @param handle null until it is given
     */
    @RegisterForReflection
    record TokenUser(
            UUID id,
            String firstName,
            String lastName,
            String verifiedEmail,
            Instant createdAt,
            Long numericId,
            String handle,
            String clientId,
            Instant tokenExpiresAt) {}

    private final Clock clock;

    Grants(Clock clock) {
        this.clock = clock;
    }

    /** Issues an authorization code, in the transaction of the caller. */
    public void issue(AuthorizationRequest request, GrantSecret code, UUID userId, UUID deviceId, ClientOrigin origin) {
        Instant now = clock.instant();
        var grant = new Grant();
        grant.id = UUID.randomUUID();
        grant.codeHash = code.hash().bytes();
        grant.userId = userId;
        grant.clientId = request.clientId();
        grant.redirectUri = request.redirectUri();
        grant.codeChallenge = request.codeChallenge();
        grant.createdAt = now;
        grant.device = origin.device();
        grant.address = origin.network();
        grant.deviceId = deviceId;
        grant.expiresAt = now.plus(CODE_LIFE);
        grant.persist();
    }

    /** Whether a code is valid and not yet exchanged. */
    @Deadline
    @Transactional
    public boolean isPending(GrantSecret code) {
        String pending = "codeHash = ?1 and tokenHash is null and endedAt is null and expiresAt > ?2";
        return Grant.count(pending, code.hash().bytes(), clock.instant()) > 0;
    }

    /** The result of an exchange. */
    sealed interface Exchange {

        record Issued(GrantSecret token) implements Exchange {}

        /** @param reason a sentence that names the parameter */
        record Refused(String reason) implements Exchange {}
    }

    /**
     * Exchanges a code for an access token. If a code is replayed, it may have been stolen, so its access token is
     * revoked (RFC 6749, 4.1.2).
     *
     * @param challenge the hash of the client's code verifier, or null
     */
    @Deadline
    @Transactional
    Exchange exchange(GrantSecret code, String clientId, String redirectUri, String challenge) {
        Instant now = clock.instant();
        GrantSecret token = GrantSecret.random(GrantSecret.Kind.ACCESS_TOKEN);
        int exchanged = Sql.of(EXCHANGE)
                .with("token", token.hash().bytes())
                .with("tokenExpiresAt", now.plus(TOKEN_LIFE))
                .with("code", code.hash().bytes())
                .with("client", clientId)
                .with("uri", redirectUri)
                .with("challenge", challenge)
                .with("now", now)
                .update();
        if (exchanged > 0) {
            return new Exchange.Issued(token);
        }
        String replayed = "endedAt = ?1 where codeHash = ?2 and tokenHash is not null and endedAt is null";
        Grant.update(replayed, now, code.hash().bytes());
        return Grant.<Grant>find("codeHash = ?1 and clientId = ?2", code.hash().bytes(), clientId)
                .firstResultOptional()
                .map(grant -> refusal(grant, redirectUri, challenge))
                .orElseGet(() -> new Exchange.Refused(UNKNOWN_CODE));
    }

    /** Which condition of the exchange did not hold. */
    private static Exchange.Refused refusal(Grant grant, String redirectUri, String challenge) {
        if (grant.tokenHash != null || grant.endedAt != null) {
            return new Exchange.Refused("code is used or revoked; it takes one that was not exchanged yet.");
        }
        if (!grant.redirectUri.equals(redirectUri)) {
            return new Exchange.Refused("redirect_uri takes the one of the authorization request.");
        }
        if (Objects.equals(grant.codeChallenge, challenge)) {
            return new Exchange.Refused("code is expired; it is valid for 60 seconds.");
        }
        return new Exchange.Refused(
                grant.codeChallenge == null
                        ? "code_verifier takes nothing, as the authorization request had no code_challenge."
                        : "code_verifier takes the one that the code_challenge was made of.");
    }

    /** The user of an access token, if it is valid. */
    @Deadline
    @Transactional
    Optional<TokenUser> userOf(GrantSecret token) {
        return Grant.find(USER, token.hash().bytes(), clock.instant())
                .project(TokenUser.class)
                .firstResultOptional();
    }

    /** Revokes an access token. */
    @Deadline
    @Transactional
    void revoke(GrantSecret token) {
        Grant.update(
                "endedAt = ?1 where tokenHash = ?2 and endedAt is null",
                clock.instant(),
                token.hash().bytes());
    }
}
