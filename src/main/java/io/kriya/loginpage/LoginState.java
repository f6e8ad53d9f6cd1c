package io.kriya.loginpage;

import io.kriya.account.PhoneNumber;
import io.kriya.challenge.ChallengeSecret;
import io.kriya.challenge.OneTimeCode;
import io.kriya.loginpage.view.LoginError;
import io.kriya.oauth.GrantSecret;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The state of a login once its number is known. The browser holds it, encrypted, so that any replica can go on.
 *
 * @param authorizationCode the code that the client will get; a button that is pressed twice gives it the same one
 * @param code the one-time code, if it is right and only the name is missing; else null
 * @param error the error of the last step, or null
 * @param retryAt when the failed step may be retried, if that is known; else null
 * @param isResent whether the last step sent the code again
 * @param begunAt when the number was submitted
 */
record LoginState(
        PhoneNumber phone,
        ChallengeSecret challenge,
        GrantSecret authorizationCode,
        OneTimeCode code,
        LoginError error,
        Instant retryAt,
        boolean isResent,
        Instant begunAt) {

    private static final String SEPARATOR = "\n";

    static LoginState begin(PhoneNumber phone, ChallengeSecret challenge, Instant now) {
        var authorizationCode = GrantSecret.random(GrantSecret.Kind.CODE);
        return new LoginState(phone, challenge, authorizationCode, null, null, null, false, now);
    }

    LoginState withCode(OneTimeCode right) {
        return new LoginState(phone, challenge, authorizationCode, right, null, null, false, begunAt);
    }

    LoginState withError(LoginError newError, Instant newRetryAt) {
        return new LoginState(phone, challenge, authorizationCode, code, newError, newRetryAt, false, begunAt);
    }

    LoginState resent() {
        return new LoginState(phone, challenge, authorizationCode, code, null, null, true, begunAt);
    }

    String encode() {
        return String.join(
                SEPARATOR,
                phone.value(),
                challenge.reveal(),
                authorizationCode.reveal(),
                code == null ? "" : code.reveal(),
                error == null ? "" : error.name(),
                retryAt == null ? "" : retryAt.toString(),
                Boolean.toString(isResent),
                begunAt.toString());
    }

    /** Decodes what this or another version has encoded; empty if that can't be read. */
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
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | NoSuchElementException
                | DateTimeException otherVersion) {
            return Optional.empty();
        }
    }

    boolean isFor(PhoneNumber other) {
        return phone.equals(other);
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "LoginState";
    }
}
