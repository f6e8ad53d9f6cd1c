package io.kriya.loginpage;

import io.kriya.account.PhoneNumber;
import io.kriya.account.PhonePolicy;
import io.kriya.account.Text;
import io.kriya.challenge.OneTimeCode;
import io.kriya.database.availability.DatabaseUnavailable;
import io.kriya.database.availability.UnavailableLog;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.http.Form;
import io.kriya.loginpage.LoginMetrics.Step;
import io.kriya.loginpage.view.ErrorPage;
import io.kriya.loginpage.view.LoginError;
import io.kriya.oauth.AuthorizationRequest.Fault;
import io.kriya.oauth.AuthorizationRequest.Refused;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;

/**
 * The login page: a number, a code, and of somebody new a name; then back to the client (RFC 6749, 4.1). A form that
 * did something answers with where to look next, so that a reload shows a page again and does nothing.
 */
@Path("/oauth/authorize")
@PermitAll
@RunOnVirtualThread
@Consumes(MediaType.WILDCARD)
public class LoginResource {

    private static final Logger LOG = Logger.getLogger(LoginResource.class);

    private static final String NUMBER = "";
    private static final String CODE = "/code";
    private static final String NAME = "/name";

    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{22}");

    private final LoginRequests visits;
    private final LoginCookies cookies;
    private final LoginFlow entrance;
    private final PhonePolicy phones;
    private final LoginResponses answers;
    private final LoginMetrics metrics;
    private final UnavailableLog unavailableLog;

    LoginResource(
            LoginRequests visits,
            LoginCookies cookies,
            LoginFlow entrance,
            PhonePolicy phones,
            LoginResponses answers,
            LoginMetrics metrics,
            UnavailableLog unavailableLog) {
        this.visits = visits;
        this.cookies = cookies;
        this.entrance = entrance;
        this.phones = phones;
        this.answers = answers;
        this.metrics = metrics;
        this.unavailableLog = unavailableLog;
    }

    @GET
    @Operation(hidden = true)
    public Response number(@Context HttpServerRequest http) {
        return answer(http, () -> {
            LoginRequest visit = visits.of(http);
            metrics.count(Step.BEGUN);
            return answers.number(visit, flow(visit));
        });
    }

    @POST
    @Operation(hidden = true)
    public Response sendCode(Form form, @Context HttpServerRequest http) {
        return answer(http, () -> {
            LoginRequest visit = visits.of(http, form);
            String nonce = nonce(form).orElseThrow(() -> new ErrorPageException(ErrorPage.FORM_EXPIRED, visit.frame()));
            String typed = form.get("phone_number").orElse("");
            Optional<PhoneNumber> phone = phones.readAtHome(typed);
            if (phone.isEmpty()) {
                return answers.number(visit, typed, LoginError.NUMBER_INVALID);
            }
            if (flow(visit)
                    .filter(flow -> flow.isAbout(phone.get()))
                    .flatMap(entrance::underWay)
                    .isPresent()) {
                // Somebody has gone back, and on again: the code that they have is still good.
                return answers.see(visit, CODE);
            }
            return sendCode(phone.get(), typed, nonce, visit);
        });
    }

    private Response sendCode(PhoneNumber phone, String typed, String nonce, LoginRequest visit) {
        try {
            LoginState flow = entrance.begin(phone, nonce, visit);
            metrics.count(Step.NUMBER);
            return answers.see(visit, CODE, flow, cookies.forgetMany(visit.http()));
        } catch (ProblemException refusal) {
            return answers.number(visit, typed, error(refusal), refusal);
        }
    }

    @GET
    @Path("code")
    @Operation(hidden = true)
    public Response code(@Context HttpServerRequest http) {
        return answer(
                http,
                () -> onTheWay(visits.of(http), (visit, flow) -> entrance.underWay(flow)
                        .map(view -> answers.code(visit, flow, view))
                        .orElseGet(() -> over(visit, flow))));
    }

    @POST
    @Path("code")
    @Operation(hidden = true)
    public Response prove(Form form, @Context HttpServerRequest http) {
        return answer(
                http,
                () -> onTheWay(visits.of(http, form), (visit, flow) -> form.get("code")
                        .flatMap(OneTimeCode::parse)
                        .map(code -> grant(visit, flow, code, null))
                        .orElseGet(() -> answers.see(visit, CODE, flow.with(LoginError.CODE_MALFORMED, null)))));
    }

    @POST
    @Path("resend")
    @Operation(hidden = true)
    public Response resend(Form form, @Context HttpServerRequest http) {
        return answer(
                http,
                () -> onTheWay(visits.of(http, form), (visit, flow) -> {
                    try {
                        entrance.sendAgain(flow, nonce(form), visit);
                        return answers.see(visit, CODE, flow.sentAgain());
                    } catch (ProblemException refusal) {
                        return refused(visit, flow, refusal);
                    }
                }));
    }

    /** Where a page that went wrong is left open, and asked for again. */
    @GET
    @Path("resend")
    @Operation(hidden = true)
    public Response resend(@Context HttpServerRequest http) {
        return answer(http, () -> answers.see(visits.of(http), CODE));
    }

    @GET
    @Path("name")
    @Operation(hidden = true)
    public Response name(@Context HttpServerRequest http) {
        return answer(http, () -> proven(visits.of(http), (visit, flow) -> answers.name(visit, flow)));
    }

    @POST
    @Path("name")
    @Operation(hidden = true)
    public Response giveName(Form form, @Context HttpServerRequest http) {
        return answer(
                http,
                () -> proven(visits.of(http, form), (visit, flow) -> {
                    String name = Text.trim(form.get("name").orElse(""));
                    return Text.isName(name, 1)
                            ? grant(visit, flow, flow.code(), name)
                            : answers.name(visit, name, LoginError.NAME_INVALID);
                }));
    }

    private Response grant(LoginRequest visit, LoginState flow, OneTimeCode code, String name) {
        try {
            entrance.grant(flow, code, name, visit);
        } catch (ProblemException refusal) {
            if (refusal.code() == ErrorCode.VERIFICATION_OVER && entrance.isGranted(flow)) {
                return granted(visit, flow);
            }
            if (refusal.code() == ErrorCode.INVALID_REQUEST) {
                // The code is right, and nothing has happened yet: somebody new has no name.
                metrics.count(Step.CODE);
                return answers.see(visit, NAME, flow.withCode(code));
            }
            return refused(visit, flow, refusal);
        }
        metrics.count(name == null ? Step.CODE : Step.NAME);
        metrics.count(Step.GRANTED);
        return granted(visit, flow);
    }

    private Response granted(LoginRequest visit, LoginState flow) {
        return answers.back(visit, visit.request().granted(flow.authorizationCode()));
    }

    @GET
    @Path("cancel")
    @Operation(hidden = true)
    public Response cancel(@Context HttpServerRequest http) {
        return answer(http, () -> {
            LoginRequest visit = visits.of(http);
            metrics.count(Step.CANCELLED);
            return answers.back(visit, visit.request().cancelled());
        });
    }

    private interface Answer {
        Response of() throws Refused;
    }

    /** Whatever happens, a person is shown a page. */
    private Response answer(HttpServerRequest http, Answer answer) {
        try {
            return answer.of();
        } catch (Refused refused) {
            metrics.count(Step.REFUSED);
            return switch (refused.fault()) {
                case Fault.Told told -> LoginResponses.back(told.location());
                case Fault.OfClient _ -> LoginResponses.notice(400, visits.frame(http), ErrorPage.CLIENT_UNKNOWN);
                case Fault.OfRedirect _ -> LoginResponses.notice(400, visits.frame(http), ErrorPage.REDIRECT_UNKNOWN);
                case Fault.Unreadable _ -> LoginResponses.notice(400, visits.frame(http), ErrorPage.REQUEST_INVALID);
            };
        } catch (ErrorPageException end) {
            metrics.count(Step.REFUSED);
            int status = end.notice() == ErrorPage.NEEDS_SMS ? 501 : 403;
            return LoginResponses.notice(status, end.frame(), end.notice());
        } catch (DatabaseUnavailable lost) {
            unavailableLog.log(lost);
            return LoginResponses.notice(503, visits.frame(http), ErrorPage.DATABASE_UNAVAILABLE);
        } catch (RuntimeException fault) {
            LOG.error("A request failed", fault);
            return LoginResponses.notice(500, visits.frame(http), ErrorPage.FAULT);
        }
    }

    /** Whoever has given no number begins with it. */
    private Response onTheWay(LoginRequest visit, BiFunction<LoginRequest, LoginState, Response> step) {
        return flow(visit).map(flow -> step.apply(visit, flow)).orElseGet(() -> answers.see(visit, NUMBER));
    }

    /** Whoever has given no right code begins with that. */
    private Response proven(LoginRequest visit, BiFunction<LoginRequest, LoginState, Response> step) {
        return flow(visit)
                .filter(flow -> flow.code() != null)
                .map(flow -> step.apply(visit, flow))
                .orElseGet(() -> answers.see(visit, CODE));
    }

    private Optional<LoginState> flow(LoginRequest visit) {
        return cookies.flow(visit.http(), visit.browser(), visit.request());
    }

    private Response over(LoginRequest visit, LoginState flow) {
        return answers.see(visit, NUMBER, flow.with(LoginError.CODE_OVER, null));
    }

    private Response refused(LoginRequest visit, LoginState flow, ProblemException refusal) {
        if (refusal.code() == ErrorCode.VERIFICATION_OVER
                || refusal.code() == ErrorCode.WRONG_CODE && refusal.problem().attemptsLeft() == 0) {
            return over(visit, flow);
        }
        if (refusal.code() == ErrorCode.INVALID_REQUEST) {
            return answers.see(visit, NUMBER, flow.with(LoginError.NUMBER_UNREACHABLE, null));
        }
        Instant until = refusal.problem().retryAt();
        boolean tooEarly = entrance.underWay(flow)
                .filter(view -> view.resendAt().equals(until))
                .isPresent();
        return answers.see(visit, CODE, flow.with(tooEarly ? LoginError.TOO_EARLY : error(refusal), until));
    }

    private static LoginError error(ProblemException refusal) {
        return switch (refusal.code()) {
            case INVALID_REQUEST -> LoginError.NUMBER_UNREACHABLE;
            case VERIFICATION_OVER -> LoginError.CODE_OVER;
            case WRONG_CODE -> LoginError.CODE_WRONG;
            case TOO_MANY_REQUESTS -> LoginError.LIMITED;
            case SMS_UNAVAILABLE -> LoginError.SMS_UNAVAILABLE;
            default -> throw refusal;
        };
    }

    private static Optional<String> nonce(Form form) {
        return form.get("nonce").filter(text -> NONCE.matcher(text).matches());
    }
}
