package io.kriya.challenge;

import io.kriya.account.PhoneNumber;
import io.kriya.database.Sql;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A challenge of a phone number, open or ended, and the profile that it was created with. The code is not stored. */
@Entity
@Table(name = "challenges")
public class Challenge extends PanacheEntityBase {

    /** The maximum number of attempts: of codes that are compared. */
    static final int MAX_ATTEMPTS = 5;

    /** The maximum number of messages with one code. */
    static final int MAX_SENDS = 5;

    private static final String COLUMNS =
            "id, secret_hash, key_id, phone_number, first_name, last_name, email, attempts, sends,"
                    + " resend_key, created_at, expires_at, resend_at, ended_at, verified_at, is_unconfirmed, channel, notice,"
                    + " is_sent";

    private static final String IS_OPEN =
            " secret_hash = :hash and verified_at is null and expires_at > :now and attempts < " + MAX_ATTEMPTS;

    private static final String LOCK = """
            with locked as materialized (
                select id, pg_advisory_xact_lock(hashtextextended(phone_number, 0)) from challenges where %1$s)
            select %2$s from challenges where id = (select id from locked) and %1$s for update""".formatted(IS_OPEN, COLUMNS);

    private static final String END = """
            update challenges set ended_at = :now,
                attempts = attempts + case when id = :id then 1 else 0 end,
                verified_at = case when id = :id then cast(:now as timestamptz) end
            where phone_number = :phone and ended_at is null""";

    @Id
    public UUID id;

    /** The SHA-256 of the {@link ChallengeSecret}; unique. */
    public byte[] secretHash;

    /** The server key that the code is derived from. */
    public int keyId;

    /** In the form of {@link PhoneNumber}. */
    public String phoneNumber;

    /** Null if none was given, as are the last name and the e-mail address. */
    public String firstName;

    public String lastName;
    public String email;

    /** The number of attempts so far. */
    public int attempts;

    /** The number of messages sent so far. */
    public int sends;

    /** The hash of the last resend's idempotency key, if any. */
    public byte[] resendKey;

    public Instant createdAt;
    public Instant expiresAt;

    /** When the code may be sent again. */
    public Instant resendAt;

    /** When the number was verified, by this challenge or another one; null until then. */
    public Instant endedAt;

    /** When this challenge was verified; null until then. */
    public Instant verifiedAt;

    /** Whether its code was sent; until then no code is right. */
    public boolean isSent = true;

    /** Whether it is uncertain that the last message was sent. */
    public boolean isUnconfirmed;

    /** How the last message was sent; null for a text message. */
    public String channel;

    /** What was told with a message; null if nothing was. */
    public String notice;

    PhoneNumber phone() {
        return new PhoneNumber(phoneNumber);
    }

    int attemptsLeft() {
        return MAX_ATTEMPTS - attempts;
    }

    /**
     * Whether it is answered as one under way. That includes one that {@linkplain #isSuperseded the proof of another
     * one has ended}, so that nobody can watch when the owner of a number logs in.
     */
    boolean isOpen(Instant now) {
        return verifiedAt == null && now.isBefore(expiresAt) && attemptsLeft() > 0;
    }

    /** Whether the proof of another challenge has ended it: no code is right, and nothing is sent. */
    boolean isSuperseded() {
        return endedAt != null && verifiedAt == null;
    }

    /** Detached, as native statements change the row later. */
    static Optional<Challenge> find(ChallengeSecret secret) {
        Optional<Challenge> found =
                find("secretHash", (Object) secret.hash().bytes()).firstResultOptional();
        found.ifPresent(Panache.getEntityManager()::detach);
        return found;
    }

    /**
     * Inserts this challenge, within the transaction of the caller.
     *
     * @return false if there is one with this secret: the same request came twice
     */
    boolean insertIfAbsent() {
        return Sql.of("""
                        insert into challenges (id, secret_hash, key_id, phone_number, first_name, last_name, email, attempts,
                            sends, created_at, expires_at, resend_at)
                        values (:id, :hash, :key, :phone, :first, :last, :email, 0, 1, :created, :expires, :resend)
                        on conflict (secret_hash) do nothing""")
                        .with("id", id)
                        .with("hash", secretHash)
                        .with("key", keyId)
                        .with("phone", phoneNumber)
                        .with("first", firstName)
                        .with("last", lastName)
                        .with("email", email)
                        .with("created", createdAt)
                        .with("expires", expiresAt)
                        .with("resend", resendAt)
                        .update()
                > 0;
    }

    /**
     * An open challenge, locked until the caller's transaction ends, so that of concurrent attempts one at a time is
     * compared. The number is locked first, by an advisory lock, as a proof ends all challenges of its number.
     */
    static Optional<Challenge> lock(ChallengeSecret secret, Instant now) {
        return sql(LOCK, secret, now).first(Challenge::read);
    }

    /** Counts an attempt: at most {@link #MAX_ATTEMPTS} get the challenge. */
    Sql countingAttempt() {
        return Sql.of("update challenges set attempts = attempts + 1 where id = :id")
                .with("id", id);
    }

    /**
     * Counts a resend, if one is allowed now. The next is allowed after this many seconds, which double each time;
     * after the last there is none.
     */
    static Optional<Challenge> countResend(ChallengeSecret secret, byte[] key, int seconds, Instant now) {
        String sql = """
                update challenges set sends = sends + 1, resend_key = :key, is_unconfirmed = false, channel = null,
                    resend_at = case when sends + 1 < %1$d
                        then cast(:now as timestamptz) + :seconds * power(2, sends) * interval '1 second'
                        else expires_at end
                where %2$s and sends < %1$d and resend_at <= :now returning %3$s""";
        return sql(sql.formatted(MAX_SENDS, IS_OPEN, COLUMNS), secret, now)
                .with("key", key)
                .with("seconds", seconds)
                .first(Challenge::read);
    }

    /** Records how the last message was sent, if not simply as a text message. */
    static void recordSending(Challenge challenge) {
        update(
                "isUnconfirmed = ?1, channel = ?2 where id = ?3",
                challenge.isUnconfirmed,
                challenge.channel,
                challenge.id);
    }

    /** Records whether the code was sent. */
    static void recordSent(UUID id, boolean isSent) {
        update("isSent = ?1 where id = ?2", isSent, id);
    }

    /** Records what a message tells; null if it was not sent. */
    static void recordNotice(Challenge challenge) {
        update("notice = ?1 where id = ?2", challenge.notice, challenge.id);
    }

    /** Reverts a failed send; the next one is allowed at once. */
    static void revertSend(UUID id, Instant now) {
        update("sends = sends - 1, resendKey = null, resendAt = ?1 where id = ?2", now, id);
    }

    private static Sql sql(String text, ChallengeSecret secret, Instant now) {
        return Sql.of(text).with("hash", secret.hash().bytes()).with("now", now);
    }

    private static Challenge read(ResultSet row) throws SQLException {
        var challenge = new Challenge();
        challenge.id = row.getObject("id", UUID.class);
        challenge.secretHash = row.getBytes("secret_hash");
        challenge.keyId = row.getInt("key_id");
        challenge.phoneNumber = row.getString("phone_number");
        challenge.firstName = row.getString("first_name");
        challenge.lastName = row.getString("last_name");
        challenge.email = row.getString("email");
        challenge.attempts = row.getInt("attempts");
        challenge.sends = row.getInt("sends");
        challenge.resendKey = row.getBytes("resend_key");
        challenge.createdAt = Sql.instant(row, "created_at");
        challenge.expiresAt = Sql.instant(row, "expires_at");
        challenge.resendAt = Sql.instant(row, "resend_at");
        challenge.endedAt = Sql.instant(row, "ended_at");
        challenge.verifiedAt = Sql.instant(row, "verified_at");
        challenge.isSent = row.getBoolean("is_sent");
        challenge.isUnconfirmed = row.getBoolean("is_unconfirmed");
        challenge.channel = row.getString("channel");
        challenge.notice = row.getString("notice");
        return challenge;
    }

    /** Ends this challenge, as it is verified by one more attempt, and all others of its number. */
    Sql ending(Instant now) {
        return Sql.of(END).with("now", now).with("id", id).with("phone", phoneNumber);
    }
}
