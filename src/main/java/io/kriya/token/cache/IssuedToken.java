package io.kriya.token.cache;

import io.kriya.account.UserView;
import java.time.Instant;

/**
 * What is stored of a token and of its person.
 *
 * @param verifiedEmail the address that is proven to be the person's; null where none is
 * @param isActive false once the person has logged out with it
 */
public record IssuedToken(UserView person, String verifiedEmail, boolean isActive, Instant expiresAt) {

    /** Whether it lets its person in at this instant: the one place where expiry is decided. */
    public TokenVerdict judge(Instant now) {
        return isActive && now.isBefore(expiresAt) ? new TokenVerdict.Good(this) : new TokenVerdict.Over();
    }
}
