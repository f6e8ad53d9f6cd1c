package io.kriya.selfservice;

import io.kriya.account.PhoneNumber;
import io.kriya.account.Profile;
import io.kriya.account.Registration;
import io.kriya.account.User;
import io.kriya.account.UserView;
import io.kriya.challenge.Caller;
import io.kriya.challenge.ChallengeException;
import io.kriya.challenge.ChallengeFailure;
import io.kriya.challenge.Challenges;
import io.kriya.challenge.Challenges.Verification;
import io.kriya.challenge.Notices;
import io.kriya.database.availability.Deadline;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.signin.DormantAccounts;
import io.kriya.token.Tokens;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;

/**
 * What a user changes of their own account. A number that is proven by a code is locked until the transaction ends, as
 * it is in a login. ArC also intercepts calls within this class.
 */
@ApplicationScoped
class OwnAccount {

    private final Challenges challenges;
    private final DormantAccounts dormantAccounts;
    private final Notices notices;
    private final Registration registration;
    private final Tokens tokens;
    private final Clock clock;

    OwnAccount(
            Challenges challenges,
            DormantAccounts dormantAccounts,
            Notices notices,
            Registration registration,
            Tokens tokens,
            Clock clock) {
        this.challenges = challenges;
        this.dormantAccounts = dormantAccounts;
        this.notices = notices;
        this.registration = registration;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Changes the names and the e-mail address. Null leaves what is stored, empty clears the last name or the address.
     *
     * @throws ProblemException if the user was erased meanwhile, as all methods do
     */
    UserView update(Holder holder, Profile profile) {
        return invalidating(holder, () -> updateInTransaction(holder, profile));
    }

    @Deadline
    @Transactional
    UserView updateInTransaction(Holder holder, Profile profile) {
        User user = lock(holder);
        if (profile.firstName() != null) {
            user.firstName = profile.firstName();
        }
        if (profile.lastName() != null) {
            user.lastName = nullIfEmpty(profile.lastName());
        }
        if (profile.email() != null) {
            user.email = nullIfEmpty(profile.email());
        }
        user.updatedAt = clock.instant();
        return UserView.of(user);
    }

    private static String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    /**
     * Changes the number to one that the front end has verified.
     *
     * @throws ProblemException if the number belongs to another account, or may not register
     */
    UserView changeNumber(Holder holder, PhoneNumber phone) {
        if (!registration.admits(phone)) {
            throw new ProblemException(ErrorCode.REGISTRATION_CLOSED);
        }
        return invalidating(holder, () -> unlessTaken(() -> changeInTransaction(holder, phone)));
    }

    @Deadline
    @Transactional
    UserView changeInTransaction(Holder holder, PhoneNumber phone) {
        return change(holder, phone);
    }

    /**
     * Changes the number to the one that the code was sent to. A dormant account loses it, as by a login.
     *
     * @throws ProblemException if the number belongs to another account: the code proves that it is the caller's too
     * @throws ChallengeException if the code is wrong, the challenge is not open, or a rate limit is reached
     */
    UserView changeNumber(Holder holder, CodeProof proof, Caller caller) {
        return invalidating(holder, () -> unlessTaken(() -> withCode(proof, caller, phone -> changeTo(phone, holder))));
    }

    private UserView changeTo(PhoneNumber phone, Holder holder) {
        String old = lock(holder).phoneNumber;
        if (old.equals(phone.value())) {
            return change(holder, phone);
        }
        Instant now = clock.instant();
        dormantAccounts.release(phone, now);
        UserView changed = change(holder, phone);
        // An older service may have stored what is no number.
        PhoneNumber.of(old)
                .ifPresent(number -> notices.addingReleased(number, now).update());
        return changed;
    }

    private UserView change(Holder holder, PhoneNumber phone) {
        User user = lock(holder);
        if (!user.phoneNumber.equals(phone.value())) {
            if (User.findByPhoneNumber(phone).isPresent()) {
                throw new ProblemException(ErrorCode.PHONE_NUMBER_TAKEN);
            }
            user.phoneNumber = phone.value();
        }
        Instant now = clock.instant();
        user.updatedAt = now;
        // A number that was just proven is in use.
        user.lastLoginAt = now;
        Panache.getEntityManager().flush();
        return UserView.of(user);
    }

    /** Somebody may register with the number at the same time: of the two, the unique index lets one. */
    private static <T> T unlessTaken(Supplier<T> change) {
        try {
            return change.get();
        } catch (ConstraintViolationException taken) {
            throw new ProblemException(ErrorCode.PHONE_NUMBER_TAKEN);
        }
    }

    /** Erases the account where Kriya verifies no numbers. */
    void erase(Holder holder) {
        invalidating(holder, () -> eraseInTransaction(holder));
    }

    @Deadline
    @Transactional
    boolean eraseInTransaction(Holder holder) {
        if (User.delete("id", holder.user()) == 0) {
            throw new ProblemException(ErrorCode.INVALID_TOKEN);
        }
        return true;
    }

    /**
     * Erases the account whose number the code was sent to. Triggers erase what is kept beside the user.
     *
     * @throws ChallengeException as {@link #changeNumber} does, and if the code was sent to another number
     */
    void erase(Holder holder, CodeProof proof, Caller caller) {
        invalidating(
                holder,
                () -> withCode(proof, caller, phone -> {
                    if (User.delete("id = ?1 and phoneNumber = ?2", holder.user(), phone.value()) == 0) {
                        throw new ChallengeException(new ChallengeFailure.Over());
                    }
                    challenges.forget(phone);
                    return true;
                }));
    }

    private <T> T invalidating(Holder holder, Supplier<T> change) {
        try {
            return change.get();
        } finally {
            // At once on this replica, even if the result of the commit is not known; the others are notified.
            tokens.invalidateUser(holder.user());
        }
    }

    private static User lock(Holder holder) {
        User user = User.findById(holder.user(), LockModeType.PESSIMISTIC_WRITE);
        if (user == null) {
            throw new ProblemException(ErrorCode.INVALID_TOKEN);
        }
        return user;
    }

    private <T> T withCode(CodeProof proof, Caller caller, Function<PhoneNumber, T> step) {
        Checked<T> checked = check(proof, caller, step);
        return checked.result()
                .orElseThrow(() -> new ChallengeException(new ChallengeFailure.WrongCode(checked.attemptsLeft())));
    }

    /** @param result empty after a wrong code, whose attempt is committed */
    record Checked<T>(Optional<T> result, int attemptsLeft) {}

    @Deadline
    @Transactional
    <T> Checked<T> check(CodeProof proof, Caller caller, Function<PhoneNumber, T> step) {
        return switch (challenges.verify(proof.secret(), proof.code(), caller)) {
            case Verification.WrongCode(int attemptsLeft) -> new Checked<>(Optional.empty(), attemptsLeft);
            case Verification.Verified(UUID _, PhoneNumber phone, Profile _, boolean _) ->
                new Checked<>(Optional.of(step.apply(phone)), 0);
        };
    }
}
