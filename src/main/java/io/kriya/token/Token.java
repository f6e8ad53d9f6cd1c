package io.kriya.token;

import io.kriya.account.User;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A login: a person, until when, and whether they have logged out. */
@Entity
@Table(name = "tokens")
public class Token extends PanacheEntityBase {

    @Id
    public UUID id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    public User user;

    /** The SHA-256 of its text; unique. */
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
        token.tokenHash = secret.hash().bytes();
        token.isActive = true;
        token.expiresAt = now.plus(expiry);
        token.createdAt = now;
        token.persist();
        return token;
    }

    /**
     * Ends the token of this text.
     *
     * @return whether there is one, ended before or not
     */
    public static boolean end(TokenSecret secret) {
        return update("isActive = false where tokenHash = ?1", secret.hash().bytes()) > 0;
    }
}
