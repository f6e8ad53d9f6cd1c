package io.kriya.token;

import io.kriya.user.UserView;
import java.time.Instant;

/**
 * What is stored of a token and of its person.
 *
 * @param isActive false once the person has logged out with it
 */
record IssuedToken(UserView person, boolean isActive, Instant expiresAt) {

    /** Whether it lets its person in at this instant: the one place where expiry is decided. */
    TokenVerdict judge(Instant now) {
        return isActive && now.isBefore(expiresAt) ? new TokenVerdict.Good(person) : new TokenVerdict.Over();
    }
}
