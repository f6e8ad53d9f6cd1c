package io.kriya.loginpage;

import io.kriya.account.PhoneNumber;
import io.kriya.account.Profile;
import io.kriya.account.SignUpData;
import io.kriya.challenge.ChallengeSecret;
import io.kriya.challenge.OneTimeCode;
import io.kriya.oauth.Grants;
import io.kriya.signin.PhoneVerification;
import io.kriya.signin.SignIn;
import io.kriya.signin.VerificationResponse.VerificationView;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** The steps of a login on the page; what can't be done is a {@link io.kriya.error.ProblemException}, as it is to callers of the API. */
@ApplicationScoped
class LoginFlow {

    private final PhoneVerification verification;
    private final SignIn registration;
    private final Grants grants;
    private final Clock clock;

    LoginFlow(PhoneVerification verification, SignIn registration, Grants grants, Clock clock) {
        this.verification = verification;
        this.registration = registration;
        this.grants = grants;
        this.clock = clock;
    }

    /** Has a code sent, and begins anew. The same form twice is one message. */
    LoginState begin(PhoneNumber phone, String nonce, LoginRequest visit) {
        var begun = verification.begin(
                new SignUpData(phone, null, null, null), visit.visitor().withKey(nonce));
        return LoginState.begin(
                phone, ChallengeSecret.parse(begun.verification().id()).orElseThrow(), clock.instant());
    }

    /** The verification that somebody is in the middle of; empty where it is over. */
    Optional<VerificationView> underWay(LoginState flow) {
        return verification.find(flow.verification());
    }

    void sendAgain(LoginState flow, Optional<String> nonce, LoginRequest visit) {
        verification.sendAgain(
                flow.verification(), nonce.map(visit.visitor()::withKey).orElse(visit.visitor()));
    }

    /** Lets the client in on whose number it is, once the code is right and, for somebody new, a name is given. */
    void grant(LoginState flow, OneTimeCode code, String name, LoginRequest visit) {
        var entry =
                verification.prove(flow.verification(), code, new Profile(name, null, null), visit.visitor(), claim -> {
                    var person = registration.enter(claim);
                    grants.issue(visit.request(), flow.authorizationCode(), person.user().id);
                    return person;
                });
        registration.committed(entry.user().id, entry.isNew());
    }

    /** Whether that was done already, and the client has not used it: the same button was pressed twice. */
    boolean isGranted(LoginState flow) {
        return grants.waits(flow.authorizationCode());
    }
}
