package io.kriya.loginpage;

import io.kriya.account.PhoneNumber;
import io.kriya.account.Profile;
import io.kriya.challenge.ChallengeException;
import io.kriya.challenge.Challenges;
import io.kriya.challenge.OneTimeCode;
import io.kriya.challenge.OpenChallenge;
import io.kriya.device.DeviceSecret;
import io.kriya.http.address.ClientOrigins;
import io.kriya.oauth.Grants;
import io.kriya.signin.SignIn;
import io.kriya.sms.Channel;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** The steps of a login on the page. A refused step is a {@link ChallengeException}. */
@ApplicationScoped
class LoginFlow {

    private final Challenges challenges;
    private final SignIn signIn;
    private final Grants grants;
    private final ClientOrigins origins;
    private final Clock clock;

    LoginFlow(Challenges challenges, SignIn signIn, Grants grants, ClientOrigins origins, Clock clock) {
        this.challenges = challenges;
        this.signIn = signIn;
        this.grants = grants;
        this.origins = origins;
        this.clock = clock;
    }

    /** Sends a code and begins a new login. A form that is submitted twice sends one message. */
    LoginState begin(PhoneNumber phone, String nonce, LoginRequest request) {
        OpenChallenge challenge =
                challenges.begin(phone, Profile.EMPTY, request.caller().withIdempotencyKey(nonce));
        return LoginState.begin(phone, challenge.secret(), clock.instant());
    }

    /** The challenge of a login, while it is open. */
    Optional<OpenChallenge> challenge(LoginState state, LoginRequest request) {
        return challenges.find(state.challenge(), request.caller());
    }

    /** Sends the code again, over a channel that was asked for if there is it. */
    void resend(LoginState state, Optional<Channel> channel, Optional<String> nonce, LoginRequest request) {
        challenges.resend(
                state.challenge(),
                channel.filter(challenges::isOffered),
                nonce.map(request.caller()::withIdempotencyKey).orElse(request.caller()));
    }

    /**
     * Issues the authorization code for the client, if the one-time code is right and a new user has a name.
     *
     * @return the secret that the browser has to keep
     */
    DeviceSecret grant(LoginState state, OneTimeCode code, String name, LoginRequest request) {
        return signIn.authorize(
                state.challenge(),
                code,
                new Profile(name, null, null),
                request.caller(),
                (user, device) -> grants.issue(
                        request.authorization(), state.authorizationCode(), user, device, origins.of(request.http())));
    }

    /** Whether the authorization code is issued and not yet exchanged, as when a user presses a button twice. */
    boolean isGranted(LoginState state) {
        return grants.isPending(state.authorizationCode());
    }
}
