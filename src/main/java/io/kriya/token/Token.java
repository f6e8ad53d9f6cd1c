package io.kriya.token;

import io.kriya.database.Sql;
import io.kriya.http.address.ClientOrigin;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A login token of a user. */
@Entity
@Table(name = "tokens")
public class Token extends PanacheEntityBase {

    @Id
    public UUID id;

    public UUID userId;

    /** Unique. */
    public byte[] tokenHash;

    /** False after logout. */
    public boolean isActive;

    public Instant expiresAt;
    public Instant createdAt;

    /** The device that logged in, by its {@code User-Agent}; null if it is not known. */
    public String device;

    /** The masked address that the login came from; null if it is not known. */
    public String address;

    /** The known device of the login, which may be revoked or expired since; null if there is none. */
    public UUID deviceId;

    /** The hour of the last use; null if it was not used yet. */
    public Instant lastUsedAt;

    /** A token of no user yet. */
    public static Token unsaved(TokenSecret secret, ClientOrigin origin, Instant now, Duration expiry) {
        var token = new Token();
        token.id = UUID.randomUUID();
        token.tokenHash = secret.hash().bytes();
        token.isActive = true;
        token.expiresAt = now.plus(expiry);
        token.createdAt = now;
        token.device = origin.device();
        token.address = origin.network();
        return token;
    }

    /** Inserts this token. */
    public Sql inserting() {
        return Sql.of("""
                        insert into tokens (id, user_id, token_hash, is_active, expires_at, created_at, device, address, device_id)
                        values (:id, :user, :hash, :active, :expires, :created, :device, :address, :deviceId)""")
                .with("id", id)
                .with("user", userId)
                .with("hash", tokenHash)
                .with("active", isActive)
                .with("expires", expiresAt)
                .with("created", createdAt)
                .with("device", device)
                .with("address", address)
                .with("deviceId", deviceId);
    }

    /** Links this token to a device, and changes nothing else of it. */
    public Sql linkingTo(UUID device) {
        return Sql.of("update tokens set device_id = :device where id = :id")
                .with("device", device)
                .with("id", id);
    }

    /** A token that was issued after this time and is not revoked. */
    public static Optional<Token> findIssuedAfter(TokenSecret secret, Instant time) {
        return find(
                        "tokenHash = ?1 and isActive and createdAt > ?2",
                        secret.hash().bytes(),
                        time)
                .firstResultOptional();
    }

    /** Returns false if the token does not exist, and true if it was already revoked. */
    static boolean revoke(TokenSecret secret) {
        return update("isActive = false where tokenHash = ?1", secret.hash().bytes()) > 0;
    }
}
