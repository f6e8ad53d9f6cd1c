package io.kriya.oauth;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** How clients are told of errors (RFC 6749, 5.2), and what keeps answers out of caches (5.1). */
@Singleton
class OAuthAnswers {

    private static final Set<String> SECRET =
            Set.of("/oauth/token", "/oauth/introspect", "/oauth/revoke", "/api/v4/user");

    /**
     * The body of an error.
     *
     * @param error its name
     * @param errorDescription one sentence for whoever sets the client up
     */
    @RegisterForReflection
    record ErrorView(String error, String errorDescription) {}

    @ServerExceptionMapper
    Response refused(OAuthRefusal refusal) {
        var response = Response.status(refusal.error().status())
                .type(MediaType.APPLICATION_JSON)
                .entity(new ErrorView(refusal.error().code(), refusal.description()));
        return refusal.error() == OAuthError.INVALID_CLIENT
                ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"kriya\", charset=\"UTF-8\"")
                        .build()
                : response.build();
    }

    @ServerResponseFilter
    void keepOutOfCaches(ContainerRequestContext request, ContainerResponseContext response) {
        String path = request.getUriInfo().getPath();
        if (SECRET.contains(path.endsWith("/") ? path.substring(0, path.length() - 1) : path)) {
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
            response.getHeaders().putSingle("Pragma", "no-cache");
        }
    }
}
