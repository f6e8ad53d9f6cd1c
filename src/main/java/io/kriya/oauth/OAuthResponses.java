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

/** How clients are told of errors (RFC 6749, 5.2), and what keeps answers out of caches (5.1). */
@Singleton
class OAuthResponses {

    /**
     * The body of an error.
     *
     * @param error its name
     * @param errorDescription one sentence for whoever sets the client up
     */
    @RegisterForReflection
    record ErrorView(String error, String errorDescription) {}

    @ServerExceptionMapper
    Response refused(OAuthException refusal) {
        var response = Response.status(refusal.error().status())
                .type(MediaType.APPLICATION_JSON)
                .entity(new ErrorView(refusal.error().code(), refusal.description()));
        return refusal.error() == OAuthError.INVALID_CLIENT
                ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"kriya\", charset=\"UTF-8\"")
                        .build()
                : response.build();
    }

    @NoStore
    @ServerResponseFilter
    void keepOutOfCaches(ContainerResponseContext response) {
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getHeaders().putSingle("Pragma", "no-cache");
    }
}
