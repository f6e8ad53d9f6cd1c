package io.kriya.challenge;

import io.kriya.account.PhoneNumber;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/** A verification under way, or one that is over: which number is to be proven, and what was given with it. */
@Entity
@Table(name = "challenges")
public class Challenge extends PanacheEntityBase {

    /** How many codes are compared with the right one, whatever happens. */
    static final int MOST_ATTEMPTS = 5;

    /** How often a code is sent. */
    static final int MOST_SENDS = 5;

    private static final String COLUMNS =
            "id, secret_hash, key_id, phone_number, first_name, last_name, email, attempts, sends,"
                    + " resend_key, created_at, expires_at, resend_at, ended_at";

    private static final String LIVES =
            " secret_hash = :hash and ended_at is null and expires_at > :now and attempts < " + MOST_ATTEMPTS;

    @Id
    public UUID id;

    /** The SHA-256 of what the client holds; unique. */
    public byte[] secretHash;

    /** Which key its code is of. */
    public int keyId;

    /** The number to prove, in the form of {@link PhoneNumber}. */
    public String phoneNumber;

    /** Null where none was given, as with the last name and the e-mail. */
    public String firstName;

    public String lastName;
    public String email;

    /** How many codes were compared. */
    public int attempts;

    /** How often the code was sent. */
    public int sends;

    /** The hash of the idempotency key that it was last sent again under, if any. */
    public byte[] resendKey;

    public Instant createdAt;
    public Instant expiresAt;

    /** When it may be sent again. */
    public Instant resendAt;

    /** When it was used, or another of this number was; null until then. */
    public Instant endedAt;

    public PhoneNumber phone() {
        return new PhoneNumber(phoneNumber);
    }

    public int attemptsLeft() {
        return MOST_ATTEMPTS - attempts;
    }

    boolean isAlive(Instant now) {
        return endedAt == null && now.isBefore(expiresAt) && attemptsLeft() > 0;
    }

    /** As it is now: a statement that changes it later returns it anew. */
    static Optional<Challenge> find(ChallengeSecret id) {
        Optional<Challenge> found = find("secretHash", (Object) id.hash()).firstResultOptional();
        found.ifPresent(Panache.getEntityManager()::detach);
        return found;
    }

    /**
     * Stores a new one, within the transaction of the caller.
     *
     * @return false where its secret is another's already: the same request came twice
     */
    boolean isNew() {
        return Panache.getEntityManager()
                        .unwrap(Session.class)
                        .createNativeMutationQuery("""
                                insert into challenges (id, secret_hash, key_id, phone_number, first_name, last_name, email, attempts,
                                    sends, created_at, expires_at, resend_at)
                                values (:id, :hash, :key, :phone, :first, :last, :email, 0, 1, :created, :expires, :resend)
                                on conflict (secret_hash) do nothing""")
                        .setParameter("id", id)
                        .setParameter("hash", secretHash)
                        .setParameter("key", keyId)
                        .setParameter("phone", phoneNumber)
                        .setParameter("first", firstName, String.class)
                        .setParameter("last", lastName, String.class)
                        .setParameter("email", email, String.class)
                        .setParameter("created", createdAt)
                        .setParameter("expires", expiresAt)
                        .setParameter("resend", resendAt)
                        .executeUpdate()
                > 0;
    }

    /** The number that a living one is about. */
    static Optional<PhoneNumber> phoneOf(ChallengeSecret id, Instant now) {
        return query("select phone_number from challenges where" + LIVES, String.class, id, now)
                .uniqueResultOptional()
                .map(PhoneNumber::new);
    }

    /**
     * Counts an attempt, before anything is compared: of any number at the same time, no more than {@link #MOST_ATTEMPTS} get a
     * challenge to compare with. Its row stays locked until the caller's transaction ends, so that one of them can end it.
     */
    static Optional<Challenge> attempt(ChallengeSecret id, Instant now) {
        return query(
                        "update challenges set attempts = attempts + 1 where" + LIVES + " returning " + COLUMNS,
                        Challenge.class,
                        id,
                        now)
                .uniqueResultOptional();
    }

    /**
     * Counts that it is sent again, where that may be done now; then not before this many seconds, twice as many each time, and not
     * at all after the last time.
     */
    static Optional<Challenge> sendAgain(ChallengeSecret id, byte[] key, int seconds, Instant now) {
        String sql = """
                update challenges set sends = sends + 1, resend_key = :key,
                    resend_at = case when sends + 1 < %1$d
                        then cast(:now as timestamptz) + :seconds * power(2, sends) * interval '1 second'
                        else expires_at end
                where %2$s and sends < %1$d and resend_at <= :now returning %3$s""";
        return query(sql.formatted(MOST_SENDS, LIVES, COLUMNS), Challenge.class, id, now)
                .setParameter("key", key, byte[].class)
                .setParameter("seconds", seconds)
                .uniqueResultOptional();
    }

    /** It was not sent after all, and may be at once. */
    static void unsend(UUID id, Instant now) {
        update("sends = sends - 1, resendKey = null, resendAt = ?1 where id = ?2", now, id);
    }

    /** Has everybody else wait who is about to prove this number, until the caller's transaction ends. */
    static void lock(PhoneNumber phone) {
        Panache.getEntityManager()
                .createNativeQuery(
                        "select cast(pg_advisory_xact_lock(hashtextextended(:phone, 0)) as text)", String.class)
                .setParameter("phone", phone.value())
                .getSingleResult();
    }

    private static <T> NativeQuery<T> query(String sql, Class<T> type, ChallengeSecret id, Instant now) {
        return Panache.getEntityManager()
                .unwrap(Session.class)
                .createNativeQuery(sql, type)
                .setParameter("hash", id.hash())
                .setParameter("now", now);
    }

    /** Ends every one of a number: it is proven. */
    static void endAll(PhoneNumber phone, Instant now) {
        update("endedAt = ?1 where phoneNumber = ?2 and endedAt is null", now, phone.value());
    }
}
