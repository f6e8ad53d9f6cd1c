package io.kriya.oauth;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** An authorization code of a user and a client, and the access token that it was exchanged for. */
@Entity
@Table(name = "grants")
public class Grant extends PanacheEntityBase {

    @Id
    public UUID id;

    /** The SHA-256 of the code; unique. */
    public byte[] codeHash;

    public UUID userId;
    public String clientId;
    public String redirectUri;

    /** The SHA-256 of the code verifier in base64url; null without PKCE. */
    public String codeChallenge;

    public Instant createdAt;

    /** The expiry of the code. */
    public Instant expiresAt;

    /** The SHA-256 of the access token; unique; null until the exchange. */
    public byte[] tokenHash;

    public Instant tokenExpiresAt;

    /** The device that logged in, by its {@code User-Agent}; null if it is not known. */
    public String device;

    /** The masked address that the login came from; null if it is not known. */
    public String address;

    /** The known device of the login, which may be revoked or expired since. */
    public UUID deviceId;

    /** When it was revoked, or null. */
    public Instant endedAt;
}
