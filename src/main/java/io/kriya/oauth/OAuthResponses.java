package io.kriya.oauth;

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

/** The error responses (RFC 6749, 5.2), and the headers that forbid caching (5.1). */
@Singleton
class OAuthResponses {

    @RegisterForReflection
    record ErrorView(String error, String errorDescription) {}

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
    void forbidCaching(ContainerResponseContext response) {
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getHeaders().putSingle("Pragma", "no-cache");
    }
}
