package io.kriya.oauth;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kriya.error.Problem;
import io.kriya.oauth.client.OAuthError;
import io.kriya.oauth.client.OAuthException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** The error responses (RFC 6749, 5.2), also for errors that any route may have, and the headers that forbid caching (5.1). */
@Singleton
class OAuthResponses {

    @RegisterForReflection
    record ErrorView(String error, String errorDescription) {}

    /** A problem with the members that clients of OAuth look for. */
    @RegisterForReflection
    record OAuthProblem(@JsonUnwrapped Problem problem, String error, String errorDescription) {

        static OAuthProblem of(Problem problem) {
            return new OAuthProblem(problem, error(problem.status()), problem.detail());
        }

        private static String error(int status) {
            return switch (status) {
                case 429, 503 -> "temporarily_unavailable";
                case 500 -> "server_error";
                default -> "invalid_request";
            };
        }
    }

    @ServerExceptionMapper
    Response errorResponse(OAuthException exception) {
        var response = Response.status(exception.error().status())
                .type(MediaType.APPLICATION_JSON)
                .entity(new ErrorView(exception.error().code(), exception.description()));
        return exception.error() == OAuthError.INVALID_CLIENT
                ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"kriya\", charset=\"UTF-8\"")
                        .build()
                : response.build();
    }

    @NoStore
    @ServerResponseFilter
    void finish(ContainerResponseContext response) {
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getHeaders().putSingle("Pragma", "no-cache");
        // A request without a token is told no error (RFC 6750, 3.1).
        if (response.getEntity() instanceof Problem problem && problem.status() != 401) {
            response.setEntity(OAuthProblem.of(problem), response.getEntityAnnotations(), response.getMediaType());
        }
    }
}
