package io.kriya.signin;

import io.kriya.account.PhoneNumber;
import io.kriya.account.Profile;
import io.kriya.account.Registration;
import io.kriya.account.User;
import io.kriya.challenge.Caller;
import io.kriya.challenge.ChallengeException;
import io.kriya.challenge.ChallengeFailure;
import io.kriya.challenge.ChallengeFailure.Over;
import io.kriya.challenge.ChallengeSecret;
import io.kriya.challenge.Challenges;
import io.kriya.challenge.Challenges.Verification;
import io.kriya.challenge.Notices;
import io.kriya.challenge.OneTimeCode;
import io.kriya.database.Sql;
import io.kriya.database.availability.Deadline;
import io.kriya.device.DeviceSecret;
import io.kriya.device.Devices;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.http.address.ClientOrigin;
import io.kriya.signin.RepeatableSecrets.Secrets;
import io.kriya.token.Token;
import io.kriya.token.TokenSecret;
import io.kriya.token.Tokens;
import io.kriya.token.cache.TokenConfig;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Signs users in: verifies the code where one is required, finds or creates the user, and issues a token or a grant,
 * all in one statement or one transaction; after the commit, counts the login and invalidates the user's cached tokens. ArC also
 * intercepts calls within this class.
 */
@ApplicationScoped
public class SignIn {

    private static final Logger LOG = Logger.getLogger(SignIn.class);

    /** How long a repeated request gets the same session. */
    private static final Duration REPEATABLE = Duration.ofMinutes(1);

    private final Challenges challenges;
    private final RepeatableSecrets repeatableSecrets;
    private final Devices devices;
    private final Notices notices;
    private final DormantAccounts dormantAccounts;
    private final Registration registration;
    private final FindOrCreateUser users;
    private final Tokens tokens;
    private final TokenConfig config;
    private final SignInMetrics metrics;
    private final Clock clock;

    SignIn(
            Challenges challenges,
            RepeatableSecrets repeatableSecrets,
            Devices devices,
            Notices notices,
            DormantAccounts dormantAccounts,
            Registration registration,
            FindOrCreateUser users,
            Tokens tokens,
            TokenConfig config,
            SignInMetrics metrics,
            Clock clock) {
        this.challenges = challenges;
        this.repeatableSecrets = repeatableSecrets;
        this.devices = devices;
        this.notices = notices;
        this.dormantAccounts = dormantAccounts;
        this.registration = registration;
        this.users = users;
        this.tokens = tokens;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * A user who has signed in.
     *
     * @param isNew whether the number was unknown
     * @param device the secret that the device has to keep; empty if the number was not verified
     */
    public record Session(
            TokenSecret secret, Instant expiresAt, User user, boolean isNew, Optional<DeviceSecret> device) {

        /** Redacted. */
        @Override
        public String toString() {
            return "Session";
        }
    }

    /**
     * Signs in the user of a number that the front end has verified.
     *
     * @throws ProblemException if the number may not register
     */
    public Session register(PhoneNumber phone, Profile profile, ClientOrigin origin) {
        return afterCommit(registerInStatement(phone, profile, origin));
    }

    /**
     * Signs in the user who has the code, and issues a token. A request that is repeated within a minute with the same
     * idempotency key gets the same session.
     *
     * @throws ChallengeException if the code is wrong, the challenge is not open or takes no more codes, or a new user
     *     has no name
     */
    public Session verify(
            ChallengeSecret secret, OneTimeCode code, Profile profile, Caller caller, ClientOrigin origin) {
        Function<UUID, Secrets> secrets = challenge -> caller.idempotencyKey()
                .map(key -> repeatableSecrets.of(key, challenge, code, profile).getFirst())
                .orElseGet(Secrets::random);
        try {
            return afterCommit(verifyInTransaction(secret, code, profile, caller, tokens(caller, origin, secrets)));
        } catch (ChallengeException refused) {
            return Optional.of(refused.failure())
                    .filter(Over.class::isInstance)
                    .flatMap(_ -> caller.idempotencyKey())
                    .flatMap(key -> findRepeated(secret, code, profile, caller, key))
                    .orElseThrow(() -> refused);
        }
    }

    /**
     * Signs in the user who has the code, and issues a grant.
     *
     * @param issueGrant is called with the ids of the user and of the device, within the transaction
     * @return the secret that the device has to keep
     * @throws ChallengeException as {@link #verify} does
     */
    public DeviceSecret authorize(
            ChallengeSecret secret,
            OneTimeCode code,
            Profile profile,
            Caller caller,
            BiConsumer<UUID, UUID> issueGrant) {
        return afterCommit(verifyInTransaction(secret, code, profile, caller, (user, _, _) -> {
            Devices.Known device = recognize(user, caller, DeviceSecret.random());
            issueGrant.accept(user.id, device.id());
            return new Issued<>(device.secret(), List.of(device.adding()));
        }));
    }

    private Devices.Known recognize(User user, Caller caller, DeviceSecret next) {
        return devices.recognize(caller.device(), next, user.id, user.lastLoginAt);
    }

    /** The credential that is issued: a token or a grant. */
    private interface Credential<T> {

        Issued<T> issue(User user, boolean isNew, UUID challenge);
    }

    /** @param writes what is still to be written */
    private record Issued<T>(T credential, List<Sql> writes) {}

    /** The result of a transaction of this class. */
    sealed interface Outcome<T> {

        record SignedIn<T>(T credential, UUID user, boolean isNew) implements Outcome<T> {}

        /** A wrong code; its attempt is committed. */
        record WrongCode<T>(int attemptsLeft) implements Outcome<T> {}
    }

    @Deadline
    Outcome<Session> registerInStatement(PhoneNumber phone, Profile profile, ClientOrigin origin) {
        Instant now = clock.instant();
        TokenSecret secret = TokenSecret.random();
        Token token = Token.unsaved(secret, origin, now, config.expiry());
        Entered entered = enter(phone, profile, now, Optional.of(token))
                .orElseThrow(() -> new ProblemException(ErrorCode.REGISTRATION_CLOSED));
        User user = entered.user();
        return new Outcome.SignedIn<>(
                new Session(secret, token.expiresAt, user, entered.isNew(), Optional.empty()),
                user.id,
                entered.isNew());
    }

    @Deadline
    @Transactional
    <T> Outcome<T> verifyInTransaction(
            ChallengeSecret secret, OneTimeCode code, Profile profile, Caller caller, Credential<T> credential) {
        return switch (challenges.verify(secret, code, caller)) {
            case Verification.WrongCode(int attemptsLeft) -> new Outcome.WrongCode<>(attemptsLeft);
            case Verification.Verified(UUID challenge, PhoneNumber phone, Profile earlier, boolean isKnownDevice) -> {
                Optional<User.Summary> known = dormantAccounts.release(phone, clock.instant());
                // Nobody without a message has the code, unless they guess it.
                Entered entered = enter(
                                phone, withFirstName(known, profile.or(earlier)), clock.instant(), Optional.empty())
                        .orElseThrow(() -> new ChallengeException(new ChallengeFailure.Over()));
                User user = entered.user();
                Issued<T> issued = credential.issue(user, entered.isNew(), challenge);
                List<Sql> writes = new ArrayList<>(issued.writes());
                if (!entered.isNew() && !isKnownDevice) {
                    writes.add(notices.addingNewDevice(phone, clock.instant()));
                }
                Sql.updateAll(writes);
                yield new Outcome.SignedIn<>(issued.credential(), user.id, entered.isNew());
            }
        };
    }

    /** The session of a verification that has succeeded: this request was sent before, or is sent twice at once. */
    @Deadline
    @Transactional
    Optional<Session> findRepeated(
            ChallengeSecret secret, OneTimeCode code, Profile profile, Caller caller, String idempotencyKey) {
        Instant since = clock.instant().minus(REPEATABLE);
        return challenges.idOf(secret).stream()
                .flatMap(challenge -> repeatableSecrets.of(idempotencyKey, challenge, code, profile).stream())
                .flatMap(secrets ->
                        Token.findIssuedAfter(secrets.token(), since)
                                .map(found -> session(secrets, found, caller))
                                .stream())
                .findFirst();
    }

    private Session session(Secrets secrets, Token token, Caller caller) {
        User user = User.findById(token.userId);
        // A new user and the first token have the same time.
        boolean isNew = user.createdAt.equals(token.createdAt);
        Devices.Known device = recognize(user, caller, secrets.device());
        UUID id = device.adding().first(row -> row.getObject("id", UUID.class)).orElseThrow();
        // The device may have been revoked since. Nothing else of the token is written: it may be revoked at this
        // moment.
        token.linkingTo(id).update();
        return new Session(secrets.token(), token.expiresAt, user, isNew, Optional.of(device.secret()));
    }

    private static Profile withFirstName(Optional<User.Summary> known, Profile profile) {
        return profile.firstName() != null
                ? profile
                : known.map(user -> profile.or(new Profile(user.firstName(), null, null)))
                        .orElseThrow(() -> new ChallengeException(new ChallengeFailure.NameRequired()));
    }

    /** A user who was found or created. */
    private record Entered(User user, boolean isNew) {}

    /** Empty if the number is unknown and may not register. */
    private Optional<Entered> enter(PhoneNumber phone, Profile profile, Instant now, Optional<Token> token) {
        UUID newId = UUID.randomUUID();
        return users.run(newId, phone, profile, registration.admitsNew(phone), now, token)
                .map(user -> {
                    boolean isNew = user.id.equals(newId);
                    LOG.debugf("%s %s as user %s", isNew ? "Registered" : "Logged in", phone, user.id);
                    return new Entered(user, isNew);
                });
    }

    private Credential<Session> tokens(Caller caller, ClientOrigin origin, Function<UUID, Secrets> secrets) {
        return (user, isNew, challenge) -> {
            Secrets issued = secrets.apply(challenge);
            Devices.Known device = recognize(user, caller, issued.device());
            Token token = Token.unsaved(issued.token(), origin, user.lastLoginAt, config.expiry());
            token.userId = user.id;
            token.deviceId = device.id();
            var session = new Session(issued.token(), token.expiresAt, user, isNew, Optional.of(device.secret()));
            return new Issued<>(session, List.of(device.adding(), token.inserting()));
        };
    }

    private <T> T afterCommit(Outcome<T> outcome) {
        if (outcome instanceof Outcome.WrongCode<T>(int attemptsLeft)) {
            throw new ChallengeException(new ChallengeFailure.WrongCode(attemptsLeft));
        }
        var signedIn = (Outcome.SignedIn<T>) outcome;
        metrics.count(signedIn.isNew());
        if (!signedIn.isNew()) {
            tokens.invalidateUser(signedIn.user());
        }
        return signedIn.credential();
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
            var caller = Caller.of(phone.value(), phone.value(), Locale.ENGLISH);
            outcome = verifyInTransaction(
                    secret, code, profile, caller, tokens(caller, ClientOrigin.UNKNOWN, _ -> Secrets.random()));
        } else {
            outcome = registerInStatement(phone, profile, ClientOrigin.UNKNOWN);
        }
        Panache.getEntityManager().flush();
        return ((Outcome.SignedIn<Session>) outcome).credential();
    }
}
