package io.kriya.device;

import io.kriya.account.PhoneNumber;
import io.kriya.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The known devices of accounts. Each method is part of the caller's transaction. */
@ApplicationScoped
public class Devices {

    /** How long a device stays known after its last login. */
    public static final Duration LIFE = Duration.ofDays(365);

    /** The maximum number of devices of an account; of clients that keep no secret, each login adds one. */
    static final int MAX_DEVICES = 20;

    /** A row if Kriya has issued the secret, to any user; with the id if this user has the device. */
    private static final String ISSUED = """
            select (select id from devices where secret_hash = :hash and user_id = :user) as id
            where exists (select from devices where secret_hash = :hash and expires_at > :now)""";

    private static final String IS_KNOWN = """
            select exists (
                select from devices d join users u on u.id = d.user_id
                where d.secret_hash = :hash and d.expires_at > :now and u.phone_number = :phone) as found""";

    /** Also deletes the oldest beyond the maximum, with this one. */
    private static final String ADD = """
            with added as (
                insert into devices (id, secret_hash, user_id, created_at, last_used_at, expires_at)
                values (:id, :hash, :user, :now, :now, :expires)
                on conflict (secret_hash, user_id) do update set
                    last_used_at = excluded.last_used_at, expires_at = excluded.expires_at
                returning id),
            deleted as (
                delete from devices where id in (
                    select id from devices where user_id = :user and secret_hash <> :hash
                    order by last_used_at desc, id offset %d))
            select id from added""".formatted(MAX_DEVICES - 1);

    /**
     * A device that is known to a user.
     *
     * @param secret that the device has to keep
     * @param adding makes it known; its row is the id, which is another one if the new secret was known already
     */
    public record Known(UUID id, DeviceSecret secret, Sql adding) {}

    /** Whether a device is known to the account that has this number. */
    public boolean isKnown(Optional<DeviceSecret> device, PhoneNumber phone, Instant now) {
        return device.filter(secret -> Sql.of(IS_KNOWN)
                        .with("hash", secret.hash().bytes())
                        .with("phone", phone.value())
                        .with("now", now)
                        .first(row -> row.getBoolean("found"))
                        .orElseThrow())
                .isPresent();
    }

    /**
     * The device of a user who logs in, which is to be made known for {@link #LIFE}.
     *
     * @param presented the secret that the device has, if any
     * @param next a new secret
     * @return the device; its secret is the presented one if Kriya has issued it, else the new one
     */
    public Known recognize(Optional<DeviceSecret> presented, DeviceSecret next, UUID user, Instant now) {
        return presented
                .flatMap(secret -> Sql.of(ISSUED)
                        .with("hash", secret.hash().bytes())
                        .with("user", user)
                        .with("now", now)
                        .first(row -> Optional.ofNullable(row.getObject("id", UUID.class)))
                        .map(id -> known(id.orElseGet(UUID::randomUUID), secret, user, now)))
                .orElseGet(() -> known(UUID.randomUUID(), next, user, now));
    }

    private static Known known(UUID id, DeviceSecret secret, UUID user, Instant now) {
        Sql adding = Sql.of(ADD)
                .with("id", id)
                .with("hash", secret.hash().bytes())
                .with("user", user)
                .with("now", now)
                .with("expires", now.plus(LIFE));
        return new Known(id, secret, adding);
    }

    /** The ids of the known devices of a user. */
    public Set<UUID> of(UUID user, Instant now) {
        return Device.<Device>stream("userId = ?1 and expiresAt > ?2", user, now)
                .map(device -> device.id)
                .collect(Collectors.toSet());
    }

    /**
     * Revokes one device of a user, which is a stranger's from now on.
     *
     * @return false if the user has no such device
     */
    public boolean revoke(UUID user, UUID device) {
        return Device.delete("id = ?1 and userId = ?2", device, user) > 0;
    }

    /** Revokes all devices of a user. */
    public void revokeAll(UUID user) {
        Device.delete("userId", user);
    }
}
