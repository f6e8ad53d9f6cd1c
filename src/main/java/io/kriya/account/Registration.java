package io.kriya.account;

import io.kriya.database.availability.Deadline;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/**
 * Which numbers get in: those of users and test numbers always, others as {@code REGISTRATION} says. ArC also
 * intercepts calls within this class.
 */
@ApplicationScoped
public class Registration {

    private static final String INVITED =
            "(select count(*) from invited_numbers where phone_number = :phone and :invites)";

    /** Both tables are always read, so that a known and an unknown number cost the same. */
    private static final String KNOWN = "(select count(*) from users where phone_number = :phone) + " + INVITED;

    private final boolean isOpen;
    private final boolean invites;
    private final TestNumbers testNumbers;

    Registration(PhoneConfig config, TestNumbers testNumbers) {
        isOpen = config.registration().equals("open");
        invites = config.registration().equals("invited");
        this.testNumbers = testNumbers;
    }

    /** Whether a number may log in or register. */
    public boolean admits(PhoneNumber phone) {
        return isOpen || testNumbers.contains(phone) || isFound(KNOWN, phone);
    }

    /** Whether a number that no user has may register. */
    public boolean admitsNew(PhoneNumber phone) {
        return isOpen || testNumbers.contains(phone) || isFound(INVITED, phone);
    }

    @Deadline
    @Transactional
    boolean isFound(String count, PhoneNumber phone) {
        return (Boolean) Panache.getEntityManager()
                .createNativeQuery("select " + count + " > 0")
                .setParameter("phone", phone.value())
                .setParameter("invites", invites)
                .getSingleResult();
    }
}
