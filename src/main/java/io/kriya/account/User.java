package io.kriya.account;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A person, known by phone number. */
@Entity
@Table(name = "users")
public class User extends PanacheEntityBase {

    @Id
    public UUID id;

    /** Unique; in the form of {@link PhoneNumber}, but for numbers that an older service left behind. */
    public String phoneNumber;

    public String firstName;

    /** Null where there is none. */
    public String lastName;

    /** Null where there is none. Nobody has proven it. */
    public String email;

    /** Null where none is proven; whoever runs Kriya says which is. */
    public String verifiedEmail;

    public Instant createdAt;
    public Instant updatedAt;
    public Instant lastLoginAt;

    /**
     * What has to be known of a person before they are logged in.
     *
     * @param lastLoginAt when they were last
     */
    @RegisterForReflection
    public record Known(UUID id, String firstName, Instant lastLoginAt) {}

    /** The person of a number. */
    public static Optional<Known> known(PhoneNumber phone) {
        return find("phoneNumber", phone.value()).project(Known.class).firstResultOptional();
    }

    /**
     * How many people have a number that is not in the form of {@link PhoneNumber}, but for those that it was taken from; an
     * index of its own answers it.
     */
    static long countOddNumbers(int leastDigits) {
        return ((Number) getEntityManager()
                        .createNativeQuery("select count(*) from users where phone_number !~ '^\\+[1-9][0-9]{%d,14}$'"
                                        .formatted(leastDigits - 1)
                                + " and released_at is null")
                        .getSingleResult())
                .longValue();
    }
}
