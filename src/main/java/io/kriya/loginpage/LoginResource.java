package io.kriya.loginpage;

import io.kriya.account.NamePolicy;
import io.kriya.account.PhoneNumber;
import io.kriya.account.PhonePolicy;
import io.kriya.account.PhoneReading;
import io.kriya.account.Whitespace;
import io.kriya.challenge.ChallengeException;
import io.kriya.challenge.ChallengeFailure;
import io.kriya.challenge.ChallengeFailure.Limited;
import io.kriya.challenge.ChallengeFailure.NameRequired;
import io.kriya.challenge.ChallengeFailure.NoChannel;
import io.kriya.challenge.ChallengeFailure.NotDelivered;
import io.kriya.challenge.ChallengeFailure.Over;
import io.kriya.challenge.ChallengeFailure.ProofRequired;
import io.kriya.challenge.ChallengeFailure.Rejected;
import io.kriya.challenge.ChallengeFailure.TooEarly;
import io.kriya.challenge.ChallengeFailure.Unreachable;
import io.kriya.challenge.ChallengeFailure.WrongCode;
import io.kriya.challenge.OneTimeCode;
import io.kriya.database.availability.DatabaseUnavailable;
import io.kriya.database.availability.UnavailableLog;
import io.kriya.device.DeviceSecret;
import io.kriya.http.Form;
import io.kriya.loginpage.LoginMetrics.Step;
import io.kriya.loginpage.view.ErrorPage;
import io.kriya.loginpage.view.LoginError;
import io.kriya.oauth.AuthorizationException;
import io.kriya.oauth.AuthorizationException.AuthorizationError.InvalidClient;
import io.kriya.oauth.AuthorizationException.AuthorizationError.InvalidRedirectUri;
import io.kriya.oauth.AuthorizationException.AuthorizationError.RedirectError;
import io.kriya.oauth.AuthorizationException.AuthorizationError.Unreadable;
import io.kriya.oauth.AuthorizationResponses;
import io.kriya.oauth.client.RequiresOAuthClient;
import io.kriya.sms.Channel;
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
 * The login page: a number, a code, a new user's name, and back to the client (RFC 6749, 4.1). The response to a form
 * that changed something is a redirect, so that a reload shows the page and submits nothing again.
 */
@Path("/oauth/authorize")
@RequiresOAuthClient
@PermitAll
@RunOnVirtualThread
@Consumes(MediaType.WILDCARD)
public class LoginResource {

    private static final Logger LOG = Logger.getLogger(LoginResource.class);

    private static final String NUMBER = "";
    private static final String CODE = "/code";
    private static final String NAME = "/name";

    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{22}");

    private final LoginRequests requests;
    private final LoginCookies cookies;
    private final LoginFlow flow;
    private final PhonePolicy phones;
    private final NamePolicy names;
    private final LoginResponses responses;
    private final AuthorizationResponses authorizations;
    private final LoginMetrics metrics;
    private final UnavailableLog unavailableLog;

    LoginResource(
            LoginRequests requests,
            LoginCookies cookies,
            LoginFlow flow,
            PhonePolicy phones,
            NamePolicy names,
            LoginResponses responses,
            AuthorizationResponses authorizations,
            LoginMetrics metrics,
            UnavailableLog unavailableLog) {
        this.requests = requests;
        this.cookies = cookies;
        this.flow = flow;
        this.phones = phones;
        this.names = names;
        this.responses = responses;
        this.authorizations = authorizations;
        this.metrics = metrics;
        this.unavailableLog = unavailableLog;
    }

    @GET
    @Operation(hidden = true)
    public Response number(@Context HttpServerRequest http) {
        return respond(http, () -> {
            LoginRequest request = requests.of(http);
            metrics.count(Step.BEGUN);
            return responses.number(request, state(request));
        });
    }

    @POST
    @Operation(hidden = true)
    public Response sendCode(Form form, @Context HttpServerRequest http) {
        return respond(http, () -> {
            LoginRequest request = requests.of(http, form);
            String nonce =
                    nonce(form).orElseThrow(() -> new ErrorPageException(ErrorPage.FORM_EXPIRED, request.layout()));
            String typed = form.get("phone_number").orElse("");
            Optional<String> country = form.get("country");
            PhoneReading reading = phones.readNational(typed, country);
            if (reading.refusal() != null) {
                return responses.number(request, typed, country, LoginError.ofNumber(reading.refusal()), null);
            }
            PhoneNumber phone = reading.number().orElseThrow();
            boolean isCodeSent = state(request)
                    .filter(state -> state.isFor(phone))
                    .flatMap(state -> flow.challenge(state, request))
                    .isPresent();
            // After "back" and "forward" the code that was sent is still valid.
            return isCodeSent ? responses.redirect(request, CODE) : sendCode(phone, typed, country, nonce, request);
        });
    }

    private Response sendCode(
            PhoneNumber phone, String typed, Optional<String> country, String nonce, LoginRequest request) {
        try {
            LoginState state = flow.begin(phone, nonce, request);
            metrics.count(Step.NUMBER);
            return responses.redirect(request, CODE, state, cookies.evict(request.http()));
        } catch (ChallengeException refused) {
            return responses.number(request, typed, country, error(refused.failure()), retryAt(refused.failure()));
        }
    }

    @GET
    @Path("code")
    @Operation(hidden = true)
    public Response code(@Context HttpServerRequest http) {
        return respond(
                http,
                () -> withNumber(requests.of(http), (request, state) -> flow.challenge(state, request)
                        .map(challenge -> responses.code(request, state, challenge))
                        .orElseGet(() -> refused(request, state, new Over()))));
    }

    @POST
    @Path("code")
    @Operation(hidden = true)
    public Response verify(Form form, @Context HttpServerRequest http) {
        return respond(
                http,
                () -> withNumber(requests.of(http, form), (request, state) -> form.get("code")
                        .flatMap(OneTimeCode::parse)
                        .map(code -> grant(request, state, code, null))
                        .orElseGet(() ->
                                responses.redirect(request, CODE, state.withError(LoginError.CODE_MALFORMED, null)))));
    }

    @POST
    @Path("resend")
    @Operation(hidden = true)
    public Response resend(Form form, @Context HttpServerRequest http) {
        return respond(
                http,
                () -> withNumber(requests.of(http, form), (request, state) -> {
                    Optional<Channel> channel = form.get("channel").flatMap(Channel::parse);
                    try {
                        flow.resend(state, channel, nonce(form), request);
                        return responses.redirect(request, CODE, state.resent());
                    } catch (ChallengeException refused) {
                        return refused.failure() instanceof ProofRequired
                                ? requireProof(request, state, channel)
                                : refused(request, state, refused.failure());
                    }
                }));
    }

    private Response requireProof(LoginRequest request, LoginState state, Optional<Channel> channel) {
        return flow.challenge(state, request)
                .map(challenge -> responses.proofOfResend(request, state, challenge, channel))
                .orElseGet(() -> refused(request, state, new Over()));
    }

    /** Handles the reload of a page on which the form above returned an error. */
    @GET
    @Path("resend")
    @Operation(hidden = true)
    public Response resend(@Context HttpServerRequest http) {
        return respond(http, () -> responses.redirect(requests.of(http), CODE));
    }

    @GET
    @Path("name")
    @Operation(hidden = true)
    public Response name(@Context HttpServerRequest http) {
        return respond(http, () -> withCode(requests.of(http), responses::name));
    }

    @POST
    @Path("name")
    @Operation(hidden = true)
    public Response giveName(Form form, @Context HttpServerRequest http) {
        return respond(
                http,
                () -> withCode(requests.of(http, form), (request, state) -> {
                    String name = Whitespace.trim(form.get("name").orElse(""));
                    return names.refusal(name, 1)
                            .map(reason -> responses.name(request, name, LoginError.ofName(reason)))
                            .orElseGet(() -> grant(request, state, state.code(), name));
                }));
    }

    private Response grant(LoginRequest request, LoginState state, OneTimeCode code, String name) {
        DeviceSecret device;
        try {
            device = flow.grant(state, code, name, request);
        } catch (ChallengeException refused) {
            return switch (refused.failure()) {
                case Over _ when flow.isGranted(state) -> responses.redirectToClient(request, granted(request, state));
                case NameRequired _ -> {
                    metrics.count(Step.CODE);
                    yield responses.redirect(request, NAME, state.withCode(code));
                }
                default -> refused(request, state, refused.failure());
            };
        }
        metrics.count(name == null ? Step.CODE : Step.NAME);
        metrics.count(Step.GRANTED);
        return responses.redirectToClient(request, granted(request, state), device);
    }

    private String granted(LoginRequest request, LoginState state) {
        return authorizations.code(request.authorization(), state.authorizationCode());
    }

    @GET
    @Path("cancel")
    @Operation(hidden = true)
    public Response cancel(@Context HttpServerRequest http) {
        return respond(http, () -> {
            LoginRequest request = requests.of(http);
            metrics.count(Step.CANCELLED);
            return responses.redirectToClient(request, authorizations.accessDenied(request.authorization()));
        });
    }

    private interface Handler {
        Response respond() throws AuthorizationException;
    }

    /** Every failure is shown as a page. */
    private Response respond(HttpServerRequest http, Handler handler) {
        try {
            return handler.respond();
        } catch (AuthorizationException invalid) {
            metrics.count(Step.REFUSED);
            return switch (invalid.error()) {
                case RedirectError(String location) -> LoginResponses.redirectToClient(location);
                case InvalidClient _ -> errorPage(400, http, ErrorPage.CLIENT_UNKNOWN);
                case InvalidRedirectUri _ -> errorPage(400, http, ErrorPage.REDIRECT_UNKNOWN);
                case Unreadable _ -> errorPage(400, http, ErrorPage.REQUEST_INVALID);
            };
        } catch (ErrorPageException refused) {
            metrics.count(Step.REFUSED);
            int status = refused.page() == ErrorPage.NEEDS_SMS ? 501 : 403;
            return LoginResponses.errorPage(status, refused.layout(), refused.page());
        } catch (DatabaseUnavailable unavailable) {
            unavailableLog.log(unavailable);
            return errorPage(503, http, ErrorPage.DATABASE_UNAVAILABLE);
        } catch (RuntimeException fault) {
            LOG.error("A request failed", fault);
            return errorPage(500, http, ErrorPage.FAULT);
        }
    }

    private Response errorPage(int status, HttpServerRequest http, ErrorPage page) {
        return LoginResponses.errorPage(status, requests.layout(http), page);
    }

    /** Runs a step that needs a number; without one, redirects to the page that asks for it. */
    private Response withNumber(LoginRequest request, BiFunction<LoginRequest, LoginState, Response> step) {
        return state(request)
                .map(state -> step.apply(request, state))
                .orElseGet(() -> responses.redirect(request, NUMBER));
    }

    /** Runs a step that needs the right code; without it, redirects to the page that asks for it. */
    private Response withCode(LoginRequest request, BiFunction<LoginRequest, LoginState, Response> step) {
        return state(request)
                .filter(state -> state.code() != null)
                .map(state -> step.apply(request, state))
                .orElseGet(() -> responses.redirect(request, CODE));
    }

    private Optional<LoginState> state(LoginRequest request) {
        return cookies.state(request.http(), request.browser(), request.authorization());
    }

    /** Redirects to the page that shows a failure: that of the number if it needs a new challenge, else the code's. */
    private Response refused(LoginRequest request, LoginState state, ChallengeFailure failure) {
        LoginError error = error(failure);
        return responses.redirect(
                request, error.isOfNumber() ? NUMBER : CODE, state.withError(error, retryAt(failure)));
    }

    private static LoginError error(ChallengeFailure failure) {
        return switch (failure) {
            case Over _ -> LoginError.CODE_OVER;
            case WrongCode(int attemptsLeft) -> attemptsLeft == 0 ? LoginError.CODE_OVER : LoginError.CODE_WRONG;
            case NameRequired _ -> LoginError.NAME_EMPTY;
            case TooEarly _ -> LoginError.TOO_EARLY;
            case Limited _ -> LoginError.LIMITED;
            case ProofRequired _ -> LoginError.PROOF_REQUIRED;
            case Unreachable _ -> LoginError.NUMBER_UNREACHABLE;
            case NoChannel _, NotDelivered _ -> LoginError.SMS_UNAVAILABLE;
            case Rejected _ -> LoginError.SMS_REJECTED;
        };
    }

    private static Instant retryAt(ChallengeFailure failure) {
        return switch (failure) {
            case TooEarly(Instant retryAt) -> retryAt;
            case Limited(Instant retryAt) -> retryAt;
            case NotDelivered(Instant retryAt) -> retryAt;
            case Rejected(Instant retryAt) -> retryAt;
            default -> null;
        };
    }

    private static Optional<String> nonce(Form form) {
        return form.get("nonce").filter(text -> NONCE.matcher(text).matches());
    }
}
