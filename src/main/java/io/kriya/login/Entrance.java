package io.kriya.login;

import io.kriya.oauth.Grants;
import io.kriya.registration.Claim;
import io.kriya.registration.Registration;
import io.kriya.user.PhoneNumber;
import io.kriya.verification.Code;
import io.kriya.verification.Profile;
import io.kriya.verification.Verification;
import io.kriya.verification.VerificationId;
import io.kriya.verification.VerificationResponse.VerificationView;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** The steps of a login on the page; what can't be done is a {@link io.kriya.error.Refusal}, as it is to callers of the API. */
@ApplicationScoped
class Entrance {

    private final Verification verification;
    private final Registration registration;
    private final Grants grants;
    private final Clock clock;

    Entrance(Verification verification, Registration registration, Grants grants, Clock clock) {
        this.verification = verification;
        this.registration = registration;
        this.grants = grants;
        this.clock = clock;
    }

    /** Has a code sent, and begins anew. The same form twice is one message. */
    Flow begin(PhoneNumber phone, String nonce, Visit visit) {
        var begun = verification.begin(
                new Claim(phone, null, null, null), visit.visitor().withKey(nonce));
        return Flow.begin(phone, VerificationId.parse(begun.verification().id()).orElseThrow(), clock.instant());
    }

    /** The verification that somebody is in the middle of; empty where it is over. */
    Optional<VerificationView> underWay(Flow flow) {
        return verification.find(flow.verification());
    }

    void sendAgain(Flow flow, Optional<String> nonce, Visit visit) {
        verification.sendAgain(
                flow.verification(), nonce.map(visit.visitor()::withKey).orElse(visit.visitor()));
    }

    /** Lets the client in on whose number it is, once the code is right and, for somebody new, a name is given. */
    void grant(Flow flow, Code code, String name, Visit visit) {
        var entry =
                verification.prove(flow.verification(), code, new Profile(name, null, null), visit.visitor(), claim -> {
                    var person = registration.enter(claim);
                    grants.issue(visit.request(), flow.authorizationCode(), person.user().id);
                    return person;
                });
        registration.committed(entry.user().id, entry.isNew());
    }

    /** Whether that was done already, and the client has not used it: the same button was pressed twice. */
    boolean isGranted(Flow flow) {
        return grants.waits(flow.authorizationCode());
    }
}
