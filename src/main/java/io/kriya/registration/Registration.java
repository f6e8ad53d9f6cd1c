package io.kriya.registration;

import io.kriya.token.Token;
import io.kriya.token.TokenConfig;
import io.kriya.token.TokenSecret;
import io.kriya.user.PhoneNumber;
import io.kriya.user.User;
import io.kriya.user.UserView;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Finds or makes the person of a phone number, and issues a token. */
@ApplicationScoped
public class Registration {

    private static final Logger LOG = Logger.getLogger(Registration.class);

    /**
     * Of any number of these at the same time for one number, the unique index lets one insert; the others wait for it and
     * update. Null leaves a stored last name or e-mail, empty clears it. What it returns is named: a prepared statement that
     * returned all columns would fail when a newer version adds one.
     */
    private static final String FIND_OR_MAKE = """
            insert into users (id, phone_number, first_name, last_name, email, created_at, updated_at)
            values (:id, :phone, :first, nullif(:last, ''), nullif(:email, ''), :now, :now)
            on conflict (phone_number) do update set
                first_name = excluded.first_name,
                last_name = case when cast(:last as text) is null then users.last_name else excluded.last_name end,
                email = case when cast(:email as text) is null then users.email else excluded.email end,
                updated_at = excluded.updated_at
            returning id, phone_number, first_name, last_name, email, created_at, updated_at""";

    private final Clock clock;
    private final TokenConfig tokens;

    Registration(Clock clock, TokenConfig tokens) {
        this.clock = clock;
        this.tokens = tokens;
    }

    @Transactional
    RegisterResponse register(RegisterRequest request) {
        // PostgreSQL keeps microseconds; what is answered is what is stored.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        UUID newId = UUID.randomUUID();
        PhoneNumber phone = request.phone();
        User user = findOrMake(newId, phone, request, now);
        boolean made = user.id.equals(newId);
        TokenSecret secret = TokenSecret.random();
        Token token = Token.issue(user, secret, now, tokens.expiry());
        LOG.debugf("%s %s as user %s", made ? "Registered" : "Logged in", phone, user.id);
        return new RegisterResponse(
                true,
                made ? RegisterResponse.REGISTERED : RegisterResponse.LOGGED_IN,
                secret.reveal(),
                UserView.of(user),
                token.expiresAt);
    }

    private static User findOrMake(UUID newId, PhoneNumber phone, RegisterRequest request, Instant now) {
        return Panache.getEntityManager()
                .unwrap(org.hibernate.Session.class)
                .createNativeQuery(FIND_OR_MAKE, User.class)
                .setParameter("id", newId)
                .setParameter("phone", phone.value())
                .setParameter("first", request.firstName())
                .setParameter("last", request.lastName(), String.class)
                .setParameter("email", request.email(), String.class)
                .setParameter("now", now)
                .getSingleResult();
    }
}
