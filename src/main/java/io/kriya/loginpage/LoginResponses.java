package io.kriya.loginpage;

import io.kriya.account.PhonePolicy;
import io.kriya.error.ProblemException;
import io.kriya.loginpage.view.ErrorPage;
import io.kriya.loginpage.view.FormError;
import io.kriya.loginpage.view.Layout;
import io.kriya.loginpage.view.LoginError;
import io.kriya.loginpage.view.Pages;
import io.kriya.loginpage.view.Resend;
import io.kriya.security.RandomText;
import io.kriya.signin.VerificationResponse.VerificationView;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What browsers are answered: a page, where to look next, or the way back to the client. */
@ApplicationScoped
class LoginResponses {

    private static final Set<LoginError> OF_NUMBER = EnumSet.of(LoginError.CODE_OVER, LoginError.NUMBER_UNREACHABLE);

    private static final int UNPROCESSABLE = 422;
    private static final int NONCE_BYTES = 16;

    private final LoginCookies cookies;
    private final PhonePolicy phones;
    private final Clock clock;

    LoginResponses(LoginCookies cookies, PhonePolicy phones, Clock clock) {
        this.cookies = cookies;
        this.phones = phones;
        this.clock = clock;
    }

    /** Asks for the number; where there was one, it is shown, and what became of it. */
    Response number(LoginRequest visit, Optional<LoginState> flow) {
        String known = flow.map(LoginState::phone).map(phones::format).orElse("");
        // What else went wrong is the code's, and shown beside it.
        Optional<FormError> trouble =
                flow.filter(one -> OF_NUMBER.contains(one.error())).flatMap(this::trouble);
        return number(Response.ok(), visit, known, trouble.orElse(null));
    }

    Response number(LoginRequest visit, String typed, LoginError error) {
        return number(Response.status(UNPROCESSABLE), visit, typed, new FormError(error, null));
    }

    Response number(LoginRequest visit, String typed, LoginError error, ProblemException refusal) {
        var response = Response.status(refusal.problem().status());
        Instant until = refusal.problem().retryAt();
        if (until != null) {
            response.header(HttpHeaders.RETRY_AFTER, Math.max(1, secondsUntil(until)));
        }
        return number(response, visit, typed, new FormError(error, wait(until)));
    }

    private Response number(ResponseBuilder response, LoginRequest visit, String typed, FormError trouble) {
        String example = phones.example().orElse(null);
        return page(response, visit, Pages.number(visit.frame(), typed, RandomText.of(NONCE_BYTES), example, trouble));
    }

    Response code(LoginRequest visit, LoginState flow, VerificationView view) {
        // What can't be sent any more may be asked for again when the code is over.
        Resend resend = view.resendAt().isBefore(view.expiresAt()) ? resend(view.resendAt()) : null;
        return page(
                Response.ok(),
                visit,
                Pages.code(
                        visit.frame(),
                        phones.format(flow.phone()),
                        view.attemptsLeft(),
                        resend,
                        flow.isSentAgain(),
                        trouble(flow).orElse(null)));
    }

    private Resend resend(Instant from) {
        long seconds = secondsUntil(from);
        return new Resend((int) seconds, clock(seconds), RandomText.of(NONCE_BYTES));
    }

    Response name(LoginRequest visit, LoginState flow) {
        return page(
                Response.ok(),
                visit,
                Pages.name(visit.frame(), "", trouble(flow).orElse(null)));
    }

    Response name(LoginRequest visit, String typed, LoginError error) {
        return page(
                Response.status(UNPROCESSABLE), visit, Pages.name(visit.frame(), typed, new FormError(error, null)));
    }

    static Response notice(int status, Layout frame, ErrorPage notice) {
        return html(Response.status(status), frame, Pages.notice(frame, notice));
    }

    private Response page(ResponseBuilder response, LoginRequest visit, TemplateInstance page) {
        if (visit.browser().isNew()) {
            response.cookie(cookies.of(visit.browser()));
        }
        return html(response, visit.frame(), page);
    }

    private static Response html(ResponseBuilder response, Layout frame, TemplateInstance page) {
        return response.type("text/html;charset=UTF-8")
                .header(HttpHeaders.CONTENT_LANGUAGE, frame.language().tag())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .entity(frame.render(page))
                .build();
    }

    /** Where to look next. */
    Response see(LoginRequest visit, String step) {
        return seeing(visit, step).build();
    }

    /** The same, having come so far. */
    Response see(LoginRequest visit, String step, LoginState flow) {
        return see(visit, step, flow, List.of());
    }

    Response see(LoginRequest visit, String step, LoginState flow, List<NewCookie> forgotten) {
        var response = seeing(visit, step);
        forgotten.forEach(response::cookie);
        return response.cookie(cookies.of(flow, visit.browser(), visit.request()))
                .build();
    }

    /** A path alone: in between something may end TLS. */
    private static ResponseBuilder seeing(LoginRequest visit, String step) {
        return Response.status(303).header(HttpHeaders.LOCATION, visit.frame().to(step));
    }

    /** To the client, at the end. */
    Response back(LoginRequest visit, String location) {
        return leading(location)
                .cookie(cookies.forget(visit.browser(), visit.request()))
                .build();
    }

    static Response back(String location) {
        return leading(location).build();
    }

    private static ResponseBuilder leading(String location) {
        return Response.status(302).header(HttpHeaders.LOCATION, location);
    }

    private Optional<FormError> trouble(LoginState flow) {
        return Optional.ofNullable(flow.error()).map(error -> new FormError(error, wait(flow.until())));
    }

    private String wait(Instant until) {
        return until == null ? null : clock(secondsUntil(until));
    }

    private long secondsUntil(Instant instant) {
        return Math.max(0, Math.ceilDiv(clock.instant().until(instant, ChronoUnit.MILLIS), 1000));
    }

    /** {@code 0:25}, {@code 12:00} or {@code 2:05:00}. */
    private static String clock(long seconds) {
        long minutes = seconds / 60;
        return minutes < 60
                ? "%d:%02d".formatted(minutes, seconds % 60)
                : "%d:%02d:%02d".formatted(minutes / 60, minutes % 60, seconds % 60);
    }
}
