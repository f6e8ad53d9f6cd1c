package io.kriya.token;

import io.kriya.user.User;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A login: a person, until when, and whether they have logged out. */
@Entity
@Table(name = "tokens")
public class Token extends PanacheEntityBase {

    @Id
    public UUID id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    public User user;

    /** {@link TokenSecret#hash()}; unique. */
    public byte[] tokenHash;

    /** False once the person has logged out with it. */
    public boolean isActive;

    public Instant expiresAt;
    public Instant createdAt;

    /** Issues one more token to a person, within the transaction of the caller. */
    public static Token issue(User user, TokenSecret secret, Instant now, Duration expiry) {
        var token = new Token();
        token.id = UUID.randomUUID();
        token.user = user;
        token.tokenHash = secret.hash();
        token.isActive = true;
        token.expiresAt = now.plus(expiry);
        token.createdAt = now;
        token.persist();
        return token;
    }

    /** The token of this text together with its person, in one statement. */
    public static Optional<Token> find(TokenSecret secret) {
        return find("from Token t join fetch t.user where t.tokenHash = ?1", secret.hash())
                .firstResultOptional();
    }

    /**
     * Ends the token of this text.
     *
     * @return whether there is one, ended before or not
     */
    public static boolean end(TokenSecret secret) {
        return update("isActive = false where tokenHash = ?1", secret.hash()) > 0;
    }

    /** Whether it lets its person in at this instant: the one place where expiry is decided. */
    TokenVerdict judge(Instant now) {
        return isActive && now.isBefore(expiresAt) ? new TokenVerdict.Good(user) : new TokenVerdict.Over();
    }
}
