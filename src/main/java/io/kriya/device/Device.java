package io.kriya.device;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A device that is known to an account. */
@Entity
@Table(name = "devices")
public class Device extends PanacheEntityBase {

    @Id
    public UUID id;

    /** The SHA-256 of the {@link DeviceSecret}; unique for each user. */
    public byte[] secretHash;

    public UUID userId;

    public Instant createdAt;

    /** When a user last logged in on it. */
    public Instant lastUsedAt;

    public Instant expiresAt;
}
