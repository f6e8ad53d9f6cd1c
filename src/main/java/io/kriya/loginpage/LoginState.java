package io.kriya.loginpage;

import io.kriya.account.PhoneNumber;
import io.kriya.challenge.ChallengeSecret;
import io.kriya.challenge.OneTimeCode;
import io.kriya.loginpage.view.LoginError;
import io.kriya.oauth.GrantSecret;
import java.time.Instant;
import java.util.Optional;

/**
 * How far somebody has come, once their number is known. Their browser holds it, sealed, so that any replica can go on.
 *
 * @param authorizationCode the authorization code that they are sent back with, always the same: a button that is pressed twice brings it twice
 * @param code what they typed, and was right, where only the name is missing; else null
 * @param error what went wrong last, or null
 * @param until when it would not go wrong any more, where that is known; else null
 * @param isSentAgain whether the code was sent again last
 * @param begunAt when the number was given
 */
record LoginState(
        PhoneNumber phone,
        ChallengeSecret verification,
        GrantSecret authorizationCode,
        OneTimeCode code,
        LoginError error,
        Instant until,
        boolean isSentAgain,
        Instant begunAt) {

    private static final String SEPARATOR = "\n";

    static LoginState begin(PhoneNumber phone, ChallengeSecret verification, Instant now) {
        var authorizationCode = GrantSecret.random(GrantSecret.Kind.CODE);
        return new LoginState(phone, verification, authorizationCode, null, null, null, false, now);
    }

    LoginState withCode(OneTimeCode right) {
        return new LoginState(phone, verification, authorizationCode, right, null, null, false, begunAt);
    }

    LoginState with(LoginError trouble, Instant until) {
        return new LoginState(phone, verification, authorizationCode, code, trouble, until, false, begunAt);
    }

    LoginState sentAgain() {
        return new LoginState(phone, verification, authorizationCode, code, null, null, true, begunAt);
    }

    String encode() {
        return String.join(
                SEPARATOR,
                phone.value(),
                verification.reveal(),
                authorizationCode.reveal(),
                code == null ? "" : code.reveal(),
                error == null ? "" : error.name(),
                until == null ? "" : until.toString(),
                Boolean.toString(isSentAgain),
                begunAt.toString());
    }

    /** Reads what was encoded by this version or another; empty where that can't be. */
    static Optional<LoginState> decode(String text) {
        String[] fields = text.split(SEPARATOR, -1);
        try {
            return Optional.of(new LoginState(
                    new PhoneNumber(fields[0]),
                    ChallengeSecret.parse(fields[1]).orElseThrow(),
                    GrantSecret.parse(GrantSecret.Kind.CODE, fields[2]).orElseThrow(),
                    OneTimeCode.parse(fields[3]).orElse(null),
                    fields[4].isEmpty() ? null : LoginError.valueOf(fields[4]),
                    fields[5].isEmpty() ? null : Instant.parse(fields[5]),
                    Boolean.parseBoolean(fields[6]),
                    Instant.parse(fields[7])));
        } catch (RuntimeException ofAnotherVersion) {
            return Optional.empty();
        }
    }

    boolean isAbout(PhoneNumber other) {
        return phone.equals(other);
    }

    /** Says nothing of the code. */
    @Override
    public String toString() {
        return "LoginState";
    }
}
