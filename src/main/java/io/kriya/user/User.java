package io.kriya.user;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
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

    public Instant createdAt;
    public Instant updatedAt;

    /** How many people have a number that is not in the form of {@link PhoneNumber}; an index of its own answers it. */
    static long countOddNumbers() {
        return ((Number) getEntityManager()
                        .createNativeQuery("select count(*) from users where phone_number !~ '^\\+[1-9][0-9]{9,14}$'")
                        .getSingleResult())
                .longValue();
    }
}
