package io.kriya.signin;

import io.kriya.account.PhoneNumber;
import io.kriya.account.SignUpData;
import io.kriya.account.User;
import io.kriya.account.UserView;
import io.kriya.database.availability.Deadline;
import io.kriya.token.Token;
import io.kriya.token.TokenSecret;
import io.kriya.token.Tokens;
import io.kriya.token.cache.TokenConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Finds or makes the person of a phone number, and issues a token. */
// Its counters are there from the start, at 0.
@Startup
@ApplicationScoped
public class SignIn {

    private static final Logger LOG = Logger.getLogger(SignIn.class);

    /**
     * Of any number of these at the same time for one number, the unique index lets one insert; the others wait for it and
     * update. Null leaves a stored last name or e-mail, empty clears it. What it returns is named: a prepared statement that
     * returned all columns would fail when a newer version adds one.
     */
    private static final String FIND_OR_MAKE = """
            insert into users (id, phone_number, first_name, last_name, email, created_at, updated_at, last_login_at)
            values (:id, :phone, :first, nullif(:last, ''), nullif(:email, ''), :now, :now, :now)
            on conflict (phone_number) do update set
                first_name = excluded.first_name,
                last_name = case when cast(:last as text) is null then users.last_name else excluded.last_name end,
                email = case when cast(:email as text) is null then users.email else excluded.email end,
                updated_at = excluded.updated_at,
                last_login_at = excluded.last_login_at
            returning id, phone_number, first_name, last_name, email, verified_email, created_at, updated_at, last_login_at""";

    private final Clock clock;
    private final TokenConfig config;
    private final Tokens tokens;
    private final Counter created;
    private final Counter known;

    SignIn(Clock clock, TokenConfig config, Tokens tokens, MeterRegistry meters) {
        this.clock = clock;
        this.config = config;
        this.tokens = tokens;
        created = counter("created", meters);
        known = counter("known", meters);
    }

    private static Counter counter(String result, MeterRegistry meters) {
        return Counter.builder("kriya.registrations")
                .description("People registered (created) or logged in (known).")
                .tag("result", result)
                .register(meters);
    }

    @Deadline
    @Transactional
    SessionResponse register(SignUpData claim) {
        return logIn(claim);
    }

    /** The same, within the transaction of the caller, who says so once it is {@link #committed}. */
    public SessionResponse logIn(SignUpData claim) {
        return issue(enter(claim));
    }

    private SessionResponse issue(Entry entry) {
        User user = entry.user();
        TokenSecret secret = TokenSecret.random();
        Token token = Token.issue(user, secret, user.lastLoginAt, config.expiry());
        return new SessionResponse(
                true,
                entry.isNew() ? SessionResponse.REGISTERED : SessionResponse.LOGGED_IN,
                secret.reveal(),
                UserView.of(user),
                token.expiresAt);
    }

    /**
     * Somebody who has come in.
     *
     * @param isNew whether the number was not known
     */
    public record Entry(User user, boolean isNew) {}

    /** Finds or makes the person alone, within the transaction of the caller, who says so once it is {@link #committed}. */
    public Entry enter(SignUpData claim) {
        // PostgreSQL keeps microseconds; what is answered is what is stored.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        UUID newId = UUID.randomUUID();
        User user = findOrMake(newId, claim, now);
        var entry = new Entry(user, user.id.equals(newId));
        LOG.debugf("%s %s as user %s", entry.isNew() ? "Registered" : "Logged in", claim.phone(), user.id);
        return entry;
    }

    /** Counts it, and sees to it that people are shown as they are now. */
    public SessionResponse committed(SessionResponse response) {
        committed(response.user().id(), response.message().equals(SessionResponse.REGISTERED));
        return response;
    }

    /** The same, of who came in without a token. */
    public void committed(UUID person, boolean isNew) {
        if (isNew) {
            created.increment();
        } else {
            known.increment();
            tokens.changed(person);
        }
    }

    /** Registers a user under a number of no country, in a transaction that is to be rolled back. */
    SessionResponse tryOut() {
        var claim = new SignUpData(PhoneNumber.random(), "", null, null);
        SessionResponse response = issue(new Entry(findOrMake(UUID.randomUUID(), claim, clock.instant()), true));
        Panache.getEntityManager().flush();
        return response;
    }

    private static User findOrMake(UUID newId, SignUpData claim, Instant now) {
        return Panache.getEntityManager()
                .unwrap(org.hibernate.Session.class)
                .createNativeQuery(FIND_OR_MAKE, User.class)
                .setParameter("id", newId)
                .setParameter("phone", claim.phone().value())
                .setParameter("first", claim.firstName())
                .setParameter("last", claim.lastName(), String.class)
                .setParameter("email", claim.email(), String.class)
                .setParameter("now", now)
                .getSingleResult();
    }
}
