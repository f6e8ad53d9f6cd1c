package io.kriya.account;

import io.kriya.database.Sql;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A user, identified by phone number. */
@Entity
@Table(name = "users")
public class User extends PanacheEntityBase {

    @Id
    public UUID id;

    /** Unique. A {@link PhoneNumber}, except for {@link LegacyNumbers}. */
    public String phoneNumber;

    public String firstName;

    /** Null if there is none. */
    public String lastName;

    /** Null if there is none. Not verified. */
    public String email;

    /** Null if there is none. Operators set it. */
    public String verifiedEmail;

    public Instant createdAt;
    public Instant updatedAt;
    public Instant lastLoginAt;

    /** Unique. Null until it is needed. {@link UserAliases} gives it. */
    @Column(insertable = false, updatable = false)
    public Long numericId;

    /** Unique. Null until it is needed. {@link UserAliases} gives it. */
    @Column(insertable = false, updatable = false)
    public String handle;

    /** The columns that a login needs. */
    public record Summary(UUID id, String firstName, Instant lastLoginAt) {}

    public static Optional<Summary> findByPhoneNumber(PhoneNumber phone) {
        return Sql.of("select id, first_name, last_login_at from users where phone_number = :phone")
                .with("phone", phone.value())
                .first(row -> new Summary(
                        row.getObject("id", UUID.class),
                        row.getString("first_name"),
                        Sql.instant(row, "last_login_at")));
    }

    /**
     * Counts the users whose number is malformed, except released ones, for which there is an index, and those whose
     * number another user has in another form.
     */
    static long countUnusableNumbers(int minDigits) {
        return ((Number) getEntityManager()
                        .createNativeQuery("select (select count(*) from users where phone_number !~"
                                + " '^\\+[1-9][0-9]{%d,14}$' and released_at is null)".formatted(minDigits - 1)
                                + " + (select count(*) from duplicate_numbers)")
                        .getSingleResult())
                .longValue();
    }
}
