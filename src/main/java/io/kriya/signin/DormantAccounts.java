package io.kriya.signin;

import io.kriya.account.PhoneNumber;
import io.kriya.account.User;
import io.kriya.challenge.ChallengeConfig;
import io.kriya.challenge.Notices;
import io.kriya.device.Devices;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Releases numbers of dormant accounts. Phone companies reassign numbers: an account that was not used for long keeps
 * its data but loses its number, and the next user who verifies that number gets a new account. Counts releases, from
 * 0 at start.
 */
@Startup
@ApplicationScoped
public class DormantAccounts {

    private static final Logger LOG = Logger.getLogger(DormantAccounts.class);

    /** Replaces the number by as much of the account's id as fits: unique, and not a phone number. */
    private static final String RELEASE = """
            update users set phone_number = '~' || left(replace(cast(id as text), '-', ''), 19),
                former_phone_number = phone_number, released_at = :now
            where id = :id""";

    private final Duration dormantAfter;
    private final Devices devices;
    private final Notices notices;
    private final Counter released;

    DormantAccounts(ChallengeConfig config, Devices devices, Notices notices, MeterRegistry meters) {
        this.devices = devices;
        this.notices = notices;
        dormantAfter = Duration.ofDays(config.dormantDays());
        released = Counter.builder("kriya.accounts.released")
                .description("Dormant accounts that lost their number to the user who verified it.")
                .register(meters);
    }

    /**
     * Takes the number from a dormant account and revokes its tokens, grants and devices, within the transaction of the caller.
     *
     * @return the account that had the number
     */
    public Optional<UUID> release(PhoneNumber phone, Instant now) {
        return User.findByPhoneNumber(phone)
                .filter(known -> !dormantAfter.isZero() && known.lastLoginAt().isBefore(now.minus(dormantAfter)))
                .map(known -> release(known, phone, now));
    }

    private UUID release(User.Summary known, PhoneNumber phone, Instant now) {
        var entities = Panache.getEntityManager();
        entities.createNativeQuery(RELEASE)
                .setParameter("id", known.id())
                .setParameter("now", now)
                .executeUpdate();
        entities.createNativeQuery("update tokens set is_active = false where user_id = :id and is_active")
                .setParameter("id", known.id())
                .executeUpdate();
        entities.createNativeQuery("update grants set ended_at = :now where user_id = :id and ended_at is null")
                .setParameter("id", known.id())
                .setParameter("now", now)
                .executeUpdate();
        devices.revokeAll(known.id());
        notices.addReleased(phone, now);
        return known.id();
    }

    /** Logs and counts a release that is committed. */
    public void countReleased(UUID account) {
        LOG.infof("Account %s has lost its number: unused for long, and somebody has proven the number", account);
        released.increment();
    }
}
