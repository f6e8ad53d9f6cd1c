package io.kriya.loginpage;

import io.kriya.account.PhoneFormat;
import io.kriya.account.PhoneNumber;
import io.kriya.account.PhonePolicy;
import io.kriya.challenge.Challenges;
import io.kriya.challenge.OpenChallenge;
import io.kriya.device.DeviceSecret;
import io.kriya.loginpage.view.Countries;
import io.kriya.loginpage.view.CountryChoice;
import io.kriya.loginpage.view.ErrorPage;
import io.kriya.loginpage.view.FormError;
import io.kriya.loginpage.view.Language;
import io.kriya.loginpage.view.Languages;
import io.kriya.loginpage.view.Layout;
import io.kriya.loginpage.view.LoginError;
import io.kriya.loginpage.view.Pages;
import io.kriya.loginpage.view.Resend;
import io.kriya.loginpage.view.Sending;
import io.kriya.proof.ProofsOfWork;
import io.kriya.proof.ProofsOfWork.PagePuzzle;
import io.kriya.security.RandomText;
import io.kriya.sms.Channel;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Builds the responses: an HTML page, a 303 to the next step, or the 302 back to the client. */
@ApplicationScoped
class LoginResponses {

    private static final int NONCE_BYTES = 16;

    private final LoginCookies cookies;
    private final Challenges challenges;
    private final PhonePolicy phones;
    private final Languages languages;
    private final Countries countries;
    private final LoginCountry loginCountry;
    private final ProofsOfWork proofs;
    private final Clock clock;

    LoginResponses(
            LoginCookies cookies,
            Challenges challenges,
            PhonePolicy phones,
            Languages languages,
            Countries countries,
            LoginCountry loginCountry,
            ProofsOfWork proofs,
            Clock clock) {
        this.cookies = cookies;
        this.challenges = challenges;
        this.phones = phones;
        this.languages = languages;
        this.countries = countries;
        this.loginCountry = loginCountry;
        this.proofs = proofs;
        this.clock = clock;
    }

    /** The page that asks for the number; if a login has begun, with its number and its error. */
    Response number(LoginRequest request, Optional<LoginState> state) {
        Optional<PhoneNumber> known = state.map(LoginState::phone);
        Optional<FormError> error = state.flatMap(one -> formError(request, one))
                .filter(one -> one.error().isOfNumber());
        return number(
                Response.ok(),
                request,
                known.map(PhoneFormat::international).orElse(""),
                known.map(PhoneFormat::countryOf),
                error.orElse(null));
    }

    /** The same page after an error, with what was typed and chosen; {@code retryAt} may be null. */
    Response number(LoginRequest request, String typed, Optional<String> country, LoginError error, Instant retryAt) {
        var response = Response.status(error.status());
        if (retryAt != null) {
            response.header(HttpHeaders.RETRY_AFTER, Math.max(1, secondsUntil(retryAt)));
        }
        return number(response, request, typed, country, formError(request, error, retryAt));
    }

    private Response number(
            ResponseBuilder response, LoginRequest request, String typed, Optional<String> country, FormError error) {
        CountryChoice choice = countries.choice(
                request.layout().language(), country.filter(phones::serves).or(() -> loginCountry.of(request.http())));
        return page(
                response, request, Pages.number(request.layout(), typed, RandomText.of(NONCE_BYTES), choice, error));
    }

    /** The page that asks for the code. */
    Response code(LoginRequest request, LoginState state, OpenChallenge challenge) {
        return code(Response.ok(), request, state, challenge, null);
    }

    /** The same with a puzzle that has to be solved before the code is sent again. */
    Response proofOfResend(LoginRequest request, LoginState state, OpenChallenge challenge, Optional<Channel> channel) {
        LoginError error = LoginError.PROOF_REQUIRED;
        return code(
                Response.status(error.status()),
                request,
                state.withError(error, null),
                challenge,
                channel.map(Channel::label).orElse(null));
    }

    private Response code(
            ResponseBuilder response, LoginRequest request, LoginState state, OpenChallenge challenge, String asked) {
        Resend resend = challenge.resendAt().isBefore(challenge.expiresAt()) ? resend(challenge, asked) : null;
        Sending sending = sending(challenge);
        return page(
                response,
                request,
                Pages.code(
                        request.layout(),
                        PhoneFormat.international(state.phone()),
                        sending,
                        challenge.attemptsLeft(),
                        resend,
                        state.isResent() && (sending == Sending.TEXT || sending == Sending.WHATSAPP),
                        challenge.notice().orElse(null),
                        formError(request, state).orElse(null)));
    }

    private Resend resend(OpenChallenge challenge, String asked) {
        long seconds = secondsUntil(challenge.resendAt());
        return new Resend(
                (int) seconds,
                countdown(seconds),
                RandomText.of(NONCE_BYTES),
                challenges.isOffered(Channel.VOICE),
                challenge.channel() != Channel.SMS && challenges.isOffered(Channel.SMS),
                asked);
    }

    private static Sending sending(OpenChallenge challenge) {
        if (challenge.isUnconfirmed()) {
            return Sending.UNCONFIRMED;
        }
        return switch (challenge.channel()) {
            case SMS -> Sending.TEXT;
            case WHATSAPP -> Sending.WHATSAPP;
            case VOICE -> Sending.CALL;
        };
    }

    /** The page that asks a new user for a name. */
    Response name(LoginRequest request, LoginState state) {
        return page(
                Response.ok(),
                request,
                Pages.name(request.layout(), "", formError(request, state).orElse(null)));
    }

    Response name(LoginRequest request, String typed, LoginError error) {
        return page(
                Response.status(error.status()),
                request,
                Pages.name(request.layout(), typed, formError(request, error, null)));
    }

    static Response errorPage(int status, Layout layout, ErrorPage page) {
        return html(Response.status(status), layout, Pages.error(layout, page));
    }

    private Response page(ResponseBuilder response, LoginRequest request, TemplateInstance page) {
        if (request.browser().isNew()) {
            response.cookie(cookies.of(request.browser()));
        }
        return html(response, request.layout(), page);
    }

    private static Response html(ResponseBuilder response, Layout layout, TemplateInstance page) {
        return response.type("text/html;charset=UTF-8")
                .header(HttpHeaders.CONTENT_LANGUAGE, layout.language().tag())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .entity(layout.render(page))
                .build();
    }

    /** A redirect to a step. */
    Response redirect(LoginRequest request, String step) {
        return redirectTo(request, step).build();
    }

    /** A redirect to a step, with the new state. */
    Response redirect(LoginRequest request, String step, LoginState state) {
        return redirect(request, step, state, List.of());
    }

    Response redirect(LoginRequest request, String step, LoginState state, List<NewCookie> evicted) {
        var response = redirectTo(request, step);
        evicted.forEach(response::cookie);
        return response.cookie(cookies.of(state, request.browser(), request.authorization()))
                .build();
    }

    /** Redirects to a path without scheme and host, as a proxy may terminate TLS. */
    private static ResponseBuilder redirectTo(LoginRequest request, String step) {
        return Response.status(303)
                .header(HttpHeaders.LOCATION, request.layout().to(step));
    }

    /** The redirect to the client that ends a login. */
    Response redirectToClient(LoginRequest request, String location) {
        return ending(request, location).build();
    }

    /** The same after a login, with the secret that the browser has to keep. */
    Response redirectToClient(LoginRequest request, String location, DeviceSecret device) {
        return ending(request, location).cookie(cookies.of(device)).build();
    }

    private ResponseBuilder ending(LoginRequest request, String location) {
        return redirectTo(location).cookie(cookies.delete(request.browser(), request.authorization()));
    }

    static Response redirectToClient(String location) {
        return redirectTo(location).build();
    }

    private static ResponseBuilder redirectTo(String location) {
        return Response.status(302).header(HttpHeaders.LOCATION, location);
    }

    private Optional<FormError> formError(LoginRequest request, LoginState state) {
        return Optional.ofNullable(state.error()).map(error -> formError(request, error, state.retryAt()));
    }

    private FormError formError(LoginRequest request, LoginError error, Instant retryAt) {
        Language language = request.layout().language();
        if (error == LoginError.PROOF_REQUIRED) {
            PagePuzzle page = proofs.createForPage(request.caller().proofOfWork(), clock.instant());
            return new FormError(
                    error, languages.duration(language, page.remaining().toSeconds()), page.puzzle());
        }
        return new FormError(error, retryAt == null ? null : languages.duration(language, secondsUntil(retryAt)));
    }

    private long secondsUntil(Instant instant) {
        return Math.max(0, Math.ceilDiv(clock.instant().until(instant, ChronoUnit.MILLIS), 1000));
    }

    /** {@code 0:25}, {@code 12:00} or {@code 2:05:00}. */
    private static String countdown(long seconds) {
        long minutes = seconds / 60;
        return minutes < 60
                ? "%d:%02d".formatted(minutes, seconds % 60)
                : "%d:%02d:%02d".formatted(minutes / 60, minutes % 60, seconds % 60);
    }
}
