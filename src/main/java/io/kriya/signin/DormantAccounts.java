package io.kriya.signin;

import io.kriya.account.PhoneNumber;
import io.kriya.account.User;
import io.kriya.challenge.ChallengeConfig;
import io.kriya.challenge.Notices;
import io.kriya.database.Sql;
import io.kriya.device.Devices;
import io.kriya.token.Tokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Releases numbers of dormant accounts. Phone companies reassign numbers: an account that was not used for long keeps
 * its data but loses its number, and the next user who verifies that number gets a new account. Counts releases that
 * are committed, from 0 at start.
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
    private final Tokens tokens;
    private final Event<Released> releases;
    private final Counter released;

    DormantAccounts(
            ChallengeConfig config,
            Devices devices,
            Notices notices,
            Tokens tokens,
            Event<Released> releases,
            MeterRegistry meters) {
        this.devices = devices;
        this.notices = notices;
        this.tokens = tokens;
        this.releases = releases;
        dormantAfter = Duration.ofDays(config.dormantDays());
        released = Counter.builder("kriya.accounts.released")
                .description("Dormant accounts that lost their number to the user who verified it.")
                .register(meters);
    }

    /** An account that has lost its number. */
    record Released(UUID account) {}

    /**
     * Takes the number from a dormant account and revokes its tokens, grants and devices, within the transaction of the
     * caller.
     *
     * @return the account that has the number now, if one has
     */
    public Optional<User.Summary> release(PhoneNumber phone, Instant now) {
        Optional<User.Summary> known = User.findByPhoneNumber(phone);
        Optional<User.Summary> dormant = known.filter(
                user -> !dormantAfter.isZero() && user.lastLoginAt().isBefore(now.minus(dormantAfter)));
        dormant.ifPresent(user -> release(user, phone, now));
        return dormant.isPresent() ? Optional.empty() : known;
    }

    private void release(User.Summary known, PhoneNumber phone, Instant now) {
        Sql.of(RELEASE).with("id", known.id()).with("now", now).update();
        Sql.of("update tokens set is_active = false where user_id = :id and is_active")
                .with("id", known.id())
                .update();
        Sql.of("update grants set ended_at = :now where user_id = :id and ended_at is null")
                .with("id", known.id())
                .with("now", now)
                .update();
        devices.revokeAll(known.id());
        notices.addingReleased(phone, now).update();
        releases.fire(new Released(known.id()));
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Released release) {
        LOG.infof(
                "Account %s has lost its number: unused for long, and somebody has proven the number",
                release.account());
        released.increment();
        tokens.invalidateUser(release.account());
    }
}
