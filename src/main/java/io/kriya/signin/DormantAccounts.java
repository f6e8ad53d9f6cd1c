package io.kriya.signin;

import io.kriya.account.PhoneNumber;
import io.kriya.account.SignUpData;
import io.kriya.account.User;
import io.kriya.challenge.ChallengeConfig;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.error.Violation;
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
 * Whose account a proven number opens. Phone companies give numbers to new people: an account that nobody has used for long stays
 * whose it was, under no number, and whoever proves its number now is somebody new.
 */
// Its counter is there from the start, at 0.
@Startup
@ApplicationScoped
public class DormantAccounts {

    private static final Logger LOG = Logger.getLogger(DormantAccounts.class);

    /** Of the id, as much as there is room for; no phone number, and unique. */
    private static final String RELEASE = """
            update users set phone_number = '~' || left(replace(cast(id as text), '-', ''), 19),
                former_phone_number = phone_number, released_at = :now
            where id = :id""";

    private final Duration patience;
    private final Counter released;

    DormantAccounts(ChallengeConfig config, MeterRegistry meters) {
        patience = Duration.ofDays(config.dormantDays());
        released = Counter.builder("kriya.accounts.released")
                .description("Accounts that lost their number to whoever proved it, as nobody had used them for long.")
                .register(meters);
    }

    /**
     * Takes the number from an account that nobody has used for long, and ends its tokens, within the transaction of the caller.
     *
     * @return whose account it was
     */
    public Optional<UUID> releaseIfDormant(PhoneNumber phone, Instant now) {
        return User.known(phone)
                .filter(known -> !patience.isZero() && known.lastLoginAt().isBefore(now.minus(patience)))
                .map(known -> release(known, now));
    }

    private UUID release(User.Known known, Instant now) {
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
        return known.id();
    }

    /** Once it is certain. */
    void tellOfRelease(UUID account) {
        LOG.infof("Account %s has lost its number: unused for long, and somebody has proven the number", account);
        released.increment();
    }

    /** With the name that is known. */
    public SignUpData completed(SignUpData claim) {
        if (claim.firstName() != null) {
            return claim;
        }
        String name = User.known(claim.phone())
                .map(User.Known::firstName)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.INVALID_REQUEST, new Violation("first_name", "is required of somebody new")));
        return new SignUpData(claim.phone(), name, claim.lastName(), claim.email());
    }
}
