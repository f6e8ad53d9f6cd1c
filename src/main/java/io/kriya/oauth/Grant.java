package io.kriya.oauth;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** What a person has let a client have: a code, which the client exchanges for one access token. */
@Entity
@Table(name = "grants")
public class Grant extends PanacheEntityBase {

    @Id
    public UUID id;

    /** The SHA-256 of the code; unique. */
    public byte[] codeHash;

    public UUID userId;

    /** Who may exchange the code, and where it was sent. */
    public String clientId;

    public String redirectUri;

    /** The SHA-256 of what the client has to show with the code, in base64url; null without PKCE. */
    public String codeChallenge;

    public Instant createdAt;

    /** Until when the code may be exchanged. */
    public Instant expiresAt;

    /** The SHA-256 of the access token; unique, and null until the code is exchanged. */
    public byte[] tokenHash;

    public Instant tokenExpiresAt;

    /** When all of it was ended; null until then. */
    public Instant endedAt;

    /**
     * Exchanges a code, where that may be done: of any number at the same time, one does.
     *
     * @param challenge of what the client shows; null where it shows nothing
     */
    static boolean exchange(
            GrantSecret code,
            String clientId,
            String redirectUri,
            String challenge,
            GrantSecret token,
            Instant tokenExpiresAt,
            Instant now) {
        return Panache.getEntityManager()
                        .unwrap(Session.class)
                        .createNativeMutationQuery("""
                                update grants set token_hash = :token, token_expires_at = :tokenExpiresAt
                                where code_hash = :code and client_id = :client and redirect_uri = :uri
                                    and code_challenge is not distinct from cast(:challenge as text)
                                    and token_hash is null and ended_at is null and expires_at > :now""")
                        .setParameter("token", token.hash().bytes())
                        .setParameter("tokenExpiresAt", tokenExpiresAt)
                        .setParameter("code", code.hash().bytes())
                        .setParameter("client", clientId)
                        .setParameter("uri", redirectUri, String.class)
                        .setParameter("challenge", challenge, String.class)
                        .setParameter("now", now)
                        .executeUpdate()
                > 0;
    }

    /** Ends what came of a code that is shown once more: somebody has it who should not (RFC 6749, 4.1.2). */
    static void endReplayed(GrantSecret code, Instant now) {
        update(
                "endedAt = ?1 where codeHash = ?2 and tokenHash is not null and endedAt is null",
                now,
                code.hash().bytes());
    }

    /** Whether a code was not yet exchanged. */
    static boolean isPending(GrantSecret code, Instant now) {
        return count(
                        "codeHash = ?1 and tokenHash is null and endedAt is null and expiresAt > ?2",
                        code.hash().bytes(),
                        now)
                > 0;
    }

    static void endToken(GrantSecret token, Instant now) {
        update(
                "endedAt = ?1 where tokenHash = ?2 and endedAt is null",
                now,
                token.hash().bytes());
    }

    /**
     * A person, as the client of an access token is told.
     *
     * @param verifiedEmail null where none is proven
     */
    @RegisterForReflection
    record Person(
            UUID id,
            String firstName,
            String lastName,
            String verifiedEmail,
            String clientId,
            Instant tokenExpiresAt) {}

    /** Whose access token this is, where it is good. */
    static Optional<Person> personOf(GrantSecret token, Instant now) {
        return find("""
                        select u.id, u.firstName, u.lastName, u.verifiedEmail, g.clientId, g.tokenExpiresAt
                        from Grant g join User u on u.id = g.userId
                        where g.tokenHash = ?1 and g.endedAt is null and g.tokenExpiresAt > ?2""", token.hash().bytes(), now).project(Person.class).firstResultOptional();
    }
}
