package io.kriya.token.cache;

import io.kriya.account.UserView;
import java.time.Instant;

/**
 * A stored token with its user.
 *
 * @param verifiedEmail the user's verified e-mail address, or null
 * @param isActive false after logout
 */
public record IssuedToken(UserView user, String verifiedEmail, boolean isActive, Instant expiresAt) {

    /** Decides whether the token is valid at this instant. */
    public TokenVerdict validate(Instant now) {
        return isActive && now.isBefore(expiresAt) ? new TokenVerdict.Valid(this) : new TokenVerdict.Inactive();
    }
}
