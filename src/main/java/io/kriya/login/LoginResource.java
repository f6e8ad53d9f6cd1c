package io.kriya.login;

import io.kriya.database.DatabaseUnavailable;
import io.kriya.error.ErrorCode;
import io.kriya.error.Refusal;
import io.kriya.http.Form;
import io.kriya.login.LoginMetrics.Step;
import io.kriya.oauth.AuthorizationRequest.Fault;
import io.kriya.oauth.AuthorizationRequest.Refused;
import io.kriya.registration.Text;
import io.kriya.user.PhoneNumber;
import io.kriya.user.PhoneRules;
import io.kriya.verification.Code;
import io.kriya.verification.VerificationResponse.VerificationView;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;

/**
 * The login page: a number, a code, and of somebody new a name; then back to the client (RFC 6749, 4.1). Every form answers with
 * where to look next, so that a reload shows a page again and does nothing.
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

    private final Visits visits;
    private final Cookies cookies;
    private final Entrance entrance;
    private final PhoneRules phones;
    private final LoginMetrics metrics;
    private final Clock clock;

    LoginResource(
            Visits visits, Cookies cookies, Entrance entrance, PhoneRules phones, LoginMetrics metrics, Clock clock) {
        this.visits = visits;
        this.cookies = cookies;
        this.entrance = entrance;
        this.phones = phones;
        this.metrics = metrics;
        this.clock = clock;
    }

    @GET
    @Operation(hidden = true)
    public Response number(@Context HttpServerRequest http) {
        return answer(http, () -> {
            Visit visit = visits.of(http);
            Optional<Flow> flow = flow(visit);
            metrics.count(Step.BEGUN);
            String known = flow.map(Flow::phone).map(phones::format).orElse("");
            return numberPage(
                    Response.ok(), visit, known, flow.flatMap(this::trouble).orElse(null));
        });
    }

    @POST
    @Operation(hidden = true)
    public Response sendCode(Form form, @Context HttpServerRequest http) {
        return answer(http, () -> {
            Visit visit = visits.of(http, form);
            String nonce = nonce(form).orElseThrow(() -> new Turned(Notice.FORM_EXPIRED, visit.frame()));
            String typed = form.get("phone_number").orElse("");
            Optional<PhoneNumber> phone = phones.readAtHome(typed);
            if (phone.isEmpty()) {
                return numberPage(Response.status(422), visit, typed, new Trouble(LoginError.NUMBER_INVALID, null));
            }
            if (flow(visit)
                    .filter(flow -> flow.isAbout(phone.get()))
                    .flatMap(entrance::underWay)
                    .isPresent()) {
                // Somebody has gone back, and on again: the code that they have is still good.
                return see(visit, CODE).build();
            }
            return sendCode(phone.get(), typed, nonce, visit);
        });
    }

    private Response sendCode(PhoneNumber phone, String typed, String nonce, Visit visit) {
        try {
            Flow flow = entrance.begin(phone, nonce, visit);
            metrics.count(Step.NUMBER);
            var response = see(visit, CODE);
            cookies.forgetMany(visit.http()).forEach(response::cookie);
            return keep(flow, visit, response).build();
        } catch (Refusal refusal) {
            LoginError error = refusal.is(ErrorCode.INVALID_REQUEST) ? LoginError.NUMBER_UNREACHABLE : error(refusal);
            return numberPage(
                    status(refusal),
                    visit,
                    typed,
                    new Trouble(error, wait(refusal.problem().retryAt())));
        }
    }

    @GET
    @Path("code")
    @Operation(hidden = true)
    public Response code(@Context HttpServerRequest http) {
        return answer(http, () -> {
            Visit visit = visits.of(http);
            Optional<Flow> known = flow(visit);
            if (known.isEmpty()) {
                return see(visit, NUMBER).build();
            }
            Flow flow = known.get();
            return entrance.underWay(flow)
                    .map(view -> codePage(visit, flow, view))
                    .orElseGet(() -> over(visit, flow));
        });
    }

    private Response codePage(Visit visit, Flow flow, VerificationView view) {
        // What can't be sent any more may be sent again when the code is over.
        Resend resend = view.resendAt().isBefore(view.expiresAt())
                ? new Resend(
                        (int) secondsUntil(view.resendAt()), Wait.of(secondsUntil(view.resendAt())), Browser.random())
                : null;
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

    @POST
    @Path("code")
    @Operation(hidden = true)
    public Response prove(Form form, @Context HttpServerRequest http) {
        return answer(http, () -> {
            Visit visit = visits.of(http, form);
            Optional<Flow> known = flow(visit);
            if (known.isEmpty()) {
                return see(visit, NUMBER).build();
            }
            Flow flow = known.get();
            Optional<Code> code = form.get("code").flatMap(Code::parse);
            return code.isEmpty()
                    ? keep(flow.with(LoginError.CODE_MALFORMED, null), visit, see(visit, CODE))
                            .build()
                    : grant(visit, flow, code.get(), null);
        });
    }

    @POST
    @Path("resend")
    @Operation(hidden = true)
    public Response resend(Form form, @Context HttpServerRequest http) {
        return answer(http, () -> {
            Visit visit = visits.of(http, form);
            Optional<Flow> known = flow(visit);
            if (known.isEmpty()) {
                return see(visit, NUMBER).build();
            }
            Flow flow = known.get();
            try {
                entrance.sendAgain(flow, nonce(form), visit);
                return keep(flow.sentAgain(), visit, see(visit, CODE)).build();
            } catch (Refusal refusal) {
                return refused(visit, flow, refusal);
            }
        });
    }

    @GET
    @Path("name")
    @Operation(hidden = true)
    public Response name(@Context HttpServerRequest http) {
        return answer(http, () -> {
            Visit visit = visits.of(http);
            Optional<Flow> flow = flow(visit).filter(known -> known.code() != null);
            return flow.isEmpty()
                    ? see(visit, CODE).build()
                    : page(
                            Response.ok(),
                            visit,
                            Pages.name(visit.frame(), "", trouble(flow.get()).orElse(null)));
        });
    }

    @POST
    @Path("name")
    @Operation(hidden = true)
    public Response giveName(Form form, @Context HttpServerRequest http) {
        return answer(http, () -> {
            Visit visit = visits.of(http, form);
            Optional<Flow> flow = flow(visit).filter(known -> known.code() != null);
            if (flow.isEmpty()) {
                return see(visit, CODE).build();
            }
            String name = Text.trim(form.get("name").orElse(""));
            return Text.isName(name, 1)
                    ? grant(visit, flow.get(), flow.get().code(), name)
                    : page(
                            Response.status(422),
                            visit,
                            Pages.name(visit.frame(), name, new Trouble(LoginError.NAME_INVALID, null)));
        });
    }

    private Response grant(Visit visit, Flow flow, Code code, String name) {
        try {
            entrance.grant(flow, code, name, visit);
        } catch (Refusal refusal) {
            if (refusal.is(ErrorCode.VERIFICATION_OVER) && entrance.isGranted(flow)) {
                return granted(visit, flow);
            }
            if (refusal.is(ErrorCode.INVALID_REQUEST)) {
                // The code is right, and nothing has happened yet: somebody new has no name.
                metrics.count(Step.CODE);
                return keep(flow.withCode(code), visit, see(visit, NAME)).build();
            }
            return refused(visit, flow, refusal);
        }
        metrics.count(name == null ? Step.CODE : Step.NAME);
        metrics.count(Step.GRANTED);
        return granted(visit, flow);
    }

    private Response granted(Visit visit, Flow flow) {
        return toClient(visit.request().granted(flow.grant()))
                .cookie(cookies.forget(visit.browser(), visit.request()))
                .build();
    }

    @GET
    @Path("cancel")
    @Operation(hidden = true)
    public Response cancel(@Context HttpServerRequest http) {
        return answer(http, () -> {
            Visit visit = visits.of(http);
            metrics.count(Step.CANCELLED);
            return toClient(visit.request().cancelled())
                    .cookie(cookies.forget(visit.browser(), visit.request()))
                    .build();
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
                case Fault.Told told -> toClient(told.location()).build();
                case Fault.OfClient _ -> notice(400, visits.frame(http), Notice.CLIENT_UNKNOWN);
                case Fault.OfRedirect _ -> notice(400, visits.frame(http), Notice.REDIRECT_UNKNOWN);
                case Fault.Unreadable _ -> notice(400, visits.frame(http), Notice.REQUEST_INVALID);
            };
        } catch (Turned turned) {
            metrics.count(Step.REFUSED);
            return notice(turned.notice() == Notice.NEEDS_SMS ? 501 : 403, turned.frame(), turned.notice());
        } catch (DatabaseUnavailable lost) {
            return notice(503, visits.frame(http), Notice.DATABASE_UNAVAILABLE);
        } catch (RuntimeException fault) {
            LOG.error("A request failed", fault);
            return notice(500, visits.frame(http), Notice.FAULT);
        }
    }

    private Optional<Flow> flow(Visit visit) {
        return cookies.flow(visit.http(), visit.browser(), visit.request());
    }

    private Response over(Visit visit, Flow flow) {
        return keep(flow.with(LoginError.CODE_OVER, null), visit, see(visit, NUMBER))
                .build();
    }

    private Response refused(Visit visit, Flow flow, Refusal refusal) {
        if (refusal.is(ErrorCode.VERIFICATION_OVER)
                || refusal.is(ErrorCode.WRONG_CODE) && refusal.problem().attemptsLeft() == 0) {
            return over(visit, flow);
        }
        Instant until = refusal.problem().retryAt();
        boolean tooEarly = entrance.underWay(flow)
                .filter(view -> view.resendAt().equals(until))
                .isPresent();
        return keep(flow.with(tooEarly ? LoginError.TOO_EARLY : error(refusal), until), visit, see(visit, CODE))
                .build();
    }

    private static LoginError error(Refusal refusal) {
        return switch (ErrorCode.of(refusal.problem())) {
            case VERIFICATION_OVER -> LoginError.CODE_OVER;
            case WRONG_CODE -> LoginError.CODE_WRONG;
            case TOO_MANY_REQUESTS -> LoginError.LIMITED;
            case SMS_UNAVAILABLE -> LoginError.SMS_UNAVAILABLE;
            default -> throw refusal;
        };
    }

    private Optional<Trouble> trouble(Flow flow) {
        return Optional.ofNullable(flow.error()).map(error -> new Trouble(error, wait(flow.until())));
    }

    private String wait(Instant until) {
        return until == null ? null : Wait.of(secondsUntil(until));
    }

    private long secondsUntil(Instant instant) {
        return Math.max(0, Math.ceilDiv(clock.instant().until(instant, ChronoUnit.MILLIS), 1000));
    }

    private static Optional<String> nonce(Form form) {
        return form.get("nonce").filter(text -> NONCE.matcher(text).matches());
    }

    private Response numberPage(ResponseBuilder response, Visit visit, String typed, Trouble trouble) {
        return page(
                response,
                visit,
                Pages.number(
                        visit.frame(), typed, Browser.random(), phones.example().orElse(null), trouble));
    }

    private Response page(ResponseBuilder response, Visit visit, TemplateInstance page) {
        if (visit.browser().isNew()) {
            response.cookie(cookies.of(visit.browser()));
        }
        return html(response, visit.frame(), page);
    }

    private static Response notice(int status, Frame frame, Notice notice) {
        return html(Response.status(status), frame, Pages.notice(frame, notice));
    }

    private static Response html(ResponseBuilder response, Frame frame, TemplateInstance page) {
        return response.type("text/html;charset=UTF-8")
                .header(HttpHeaders.CONTENT_LANGUAGE, frame.language().tag())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .entity(frame.render(page))
                .build();
    }

    private ResponseBuilder status(Refusal refusal) {
        var response = Response.status(refusal.problem().status());
        return refusal.problem().retryAt() == null
                ? response
                : response.header(
                        HttpHeaders.RETRY_AFTER,
                        Math.max(1, secondsUntil(refusal.problem().retryAt())));
    }

    private ResponseBuilder keep(Flow flow, Visit visit, ResponseBuilder response) {
        return response.cookie(cookies.of(flow, visit.browser(), visit.request()));
    }

    /** A path alone: in between something may end TLS. */
    private static ResponseBuilder see(Visit visit, String step) {
        return Response.status(303).header(HttpHeaders.LOCATION, visit.frame().to(step));
    }

    private static ResponseBuilder toClient(String location) {
        return Response.status(302).header(HttpHeaders.LOCATION, location);
    }
}
