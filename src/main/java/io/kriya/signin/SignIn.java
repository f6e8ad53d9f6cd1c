package io.kriya.signin;

import io.kriya.account.PhoneNumber;
import io.kriya.account.Profile;
import io.kriya.account.User;
import io.kriya.challenge.Caller;
import io.kriya.challenge.ChallengeException;
import io.kriya.challenge.ChallengeFailure;
import io.kriya.challenge.ChallengeMetrics;
import io.kriya.challenge.ChallengeMetrics.Step;
import io.kriya.challenge.ChallengeSecret;
import io.kriya.challenge.Challenges;
import io.kriya.challenge.Challenges.Verification;
import io.kriya.challenge.OneTimeCode;
import io.kriya.database.availability.Deadline;
import io.kriya.token.Token;
import io.kriya.token.TokenSecret;
import io.kriya.token.Tokens;
import io.kriya.token.cache.TokenConfig;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Signs users in: verifies the code where one is required, finds or creates the user, and issues a token or a grant,
 * all in one transaction; after the commit, counts the login and invalidates the user's cached tokens. ArC also
 * intercepts calls within this class.
 */
@ApplicationScoped
public class SignIn {

    private static final Logger LOG = Logger.getLogger(SignIn.class);

    /**
     * Of concurrent statements for one number, the unique index lets one insert; the others wait for it and update.
     * Null leaves a stored last name or e-mail, empty clears it. The columns are named, as a prepared statement that
     * returned all of them would fail when a newer version adds one.
     */
    private static final String FIND_OR_CREATE = """
            insert into users (id, phone_number, first_name, last_name, email, created_at, updated_at, last_login_at)
            values (:id, :phone, :first, nullif(:last, ''), nullif(:email, ''), :now, :now, :now)
            on conflict (phone_number) do update set
                first_name = excluded.first_name,
                last_name = case when cast(:last as text) is null then users.last_name else excluded.last_name end,
                email = case when cast(:email as text) is null then users.email else excluded.email end,
                updated_at = excluded.updated_at,
                last_login_at = excluded.last_login_at
            returning id, phone_number, first_name, last_name, email, verified_email, created_at, updated_at, last_login_at""";

    private final Challenges challenges;
    private final DormantAccounts dormantAccounts;
    private final Tokens tokens;
    private final TokenConfig config;
    private final SignInMetrics metrics;
    private final ChallengeMetrics challengeMetrics;
    private final Clock clock;

    SignIn(
            Challenges challenges,
            DormantAccounts dormantAccounts,
            Tokens tokens,
            TokenConfig config,
            SignInMetrics metrics,
            ChallengeMetrics challengeMetrics,
            Clock clock) {
        this.challenges = challenges;
        this.dormantAccounts = dormantAccounts;
        this.tokens = tokens;
        this.config = config;
        this.metrics = metrics;
        this.challengeMetrics = challengeMetrics;
        this.clock = clock;
    }

    /**
     * A user who has signed in.
     *
     * @param isNew whether the number was unknown
     */
    public record Session(TokenSecret secret, Instant expiresAt, User user, boolean isNew) {

        /** Redacted. */
        @Override
        public String toString() {
            return "Session";
        }
    }

    /** Signs in the user of a number that the front end has verified. */
    public Session register(PhoneNumber phone, Profile profile) {
        return afterCommit(registerInTransaction(phone, profile));
    }

    /**
     * Signs in the user who has the code, and issues a token.
     *
     * @throws ChallengeException if the code is wrong, the challenge is not open, a rate limit is reached, or a new
     *     user has no name
     */
    public Session verify(ChallengeSecret secret, OneTimeCode code, Profile profile, Caller caller) {
        return afterCommit(verifyInTransaction(secret, code, profile, caller, this::issueToken));
    }

    /**
     * Signs in the user who has the code, and issues a grant.
     *
     * @param issueGrant is called with the user's id, within the transaction
     * @throws ChallengeException as {@link #verify} does
     */
    public void authorize(
            ChallengeSecret secret, OneTimeCode code, Profile profile, Caller caller, Consumer<UUID> issueGrant) {
        afterCommit(verifyInTransaction(secret, code, profile, caller, (user, _) -> {
            issueGrant.accept(user.id);
            return user;
        }));
    }

    /** The credential that is issued: a token or a grant. */
    private interface Credential<T> {
        T issue(User user, boolean isNew);
    }

    /** The result of a transaction of this class. */
    sealed interface Outcome<T> {

        /** @param released the account that lost the number, as it was dormant */
        record SignedIn<T>(T credential, UUID user, boolean isNew, boolean isVerified, Optional<UUID> released)
                implements Outcome<T> {}

        /** A wrong code; its attempt is committed. */
        record WrongCode<T>(int attemptsLeft) implements Outcome<T> {}
    }

    @Deadline
    @Transactional
    Outcome<Session> registerInTransaction(PhoneNumber phone, Profile profile) {
        return enter(phone, profile, this::issueToken, false, Optional.empty());
    }

    @Deadline
    @Transactional
    <T> Outcome<T> verifyInTransaction(
            ChallengeSecret secret, OneTimeCode code, Profile profile, Caller caller, Credential<T> credential) {
        return switch (challenges.verify(secret, code, caller.address())) {
            case Verification.WrongCode(int attemptsLeft) -> new Outcome.WrongCode<>(attemptsLeft);
            case Verification.Verified(PhoneNumber phone, Profile earlier) -> {
                Optional<UUID> released = dormantAccounts.release(phone, clock.instant());
                yield enter(phone, withFirstName(phone, profile.or(earlier)), credential, true, released);
            }
        };
    }

    private static Profile withFirstName(PhoneNumber phone, Profile profile) {
        return profile.firstName() != null
                ? profile
                : User.findByPhoneNumber(phone)
                        .map(known -> profile.or(new Profile(known.firstName(), null, null)))
                        .orElseThrow(() -> new ChallengeException(new ChallengeFailure.NameRequired()));
    }

    private <T> Outcome<T> enter(
            PhoneNumber phone, Profile profile, Credential<T> credential, boolean isVerified, Optional<UUID> released) {
        UUID newId = UUID.randomUUID();
        User user = findOrCreate(newId, phone, profile, clock.instant());
        boolean isNew = user.id.equals(newId);
        LOG.debugf("%s %s as user %s", isNew ? "Registered" : "Logged in", phone, user.id);
        return new Outcome.SignedIn<>(credential.issue(user, isNew), user.id, isNew, isVerified, released);
    }

    private Session issueToken(User user, boolean isNew) {
        TokenSecret secret = TokenSecret.random();
        Token token = Token.issue(user.id, secret, user.lastLoginAt, config.expiry());
        return new Session(secret, token.expiresAt, user, isNew);
    }

    private <T> T afterCommit(Outcome<T> outcome) {
        if (outcome instanceof Outcome.WrongCode<T>(int attemptsLeft)) {
            challengeMetrics.count(Step.WRONG_CODE);
            throw new ChallengeException(new ChallengeFailure.WrongCode(attemptsLeft));
        }
        var signedIn = (Outcome.SignedIn<T>) outcome;
        metrics.count(signedIn.isNew());
        if (signedIn.isVerified()) {
            challengeMetrics.count(Step.VERIFIED);
        }
        if (!signedIn.isNew()) {
            tokens.invalidateUser(signedIn.user());
        }
        signedIn.released().ifPresent(account -> {
            dormantAccounts.countReleased(account);
            tokens.invalidateUser(account);
        });
        return signedIn.credential();
    }

    private static User findOrCreate(UUID newId, PhoneNumber phone, Profile profile, Instant now) {
        return Panache.getEntityManager()
                .unwrap(org.hibernate.Session.class)
                .createNativeQuery(FIND_OR_CREATE, User.class)
                .setParameter("id", newId)
                .setParameter("phone", phone.value())
                .setParameter("first", profile.firstName())
                .setParameter("last", profile.lastName(), String.class)
                .setParameter("email", profile.email(), String.class)
                .setParameter("now", now)
                .getSingleResult();
    }

    /** Runs each statement for a number of no country, in a transaction that is rolled back. */
    Session warmUp(boolean verifies) {
        PhoneNumber phone = PhoneNumber.random();
        var profile = new Profile("", null, null);
        Outcome<Session> outcome;
        if (verifies) {
            ChallengeSecret secret = ChallengeSecret.random();
            OneTimeCode code = challenges.warmUp(secret, phone);
            // Its address is the number, so that it uses up no limit of a client.
            var caller = new Caller(phone.value(), Locale.ENGLISH, Optional.empty());
            outcome = verifyInTransaction(secret, code, profile, caller, this::issueToken);
        } else {
            outcome = registerInTransaction(phone, profile);
        }
        Panache.getEntityManager().flush();
        return ((Outcome.SignedIn<Session>) outcome).credential();
    }
}
