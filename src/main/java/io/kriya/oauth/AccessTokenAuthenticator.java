package io.kriya.oauth;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.http.Form;
import io.kriya.oauth.GrantSecret.Kind;
import io.kriya.oauth.Grants.TokenUser;
import io.kriya.oauth.client.OAuthConfig;
import io.kriya.token.PresentedToken;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/** Authenticates a request by its access token: in the header, or in the query if that is allowed (RFC 6750, 2). */
@ApplicationScoped
class AccessTokenAuthenticator {

    private final Grants grants;
    private final boolean allowsQuery;

    AccessTokenAuthenticator(Grants grants, OAuthConfig config) {
        this.grants = grants;
        allowsQuery = config.takesTokenInQuery();
    }

    /**
     * The user of the token. If it is sent in both ways, the header wins, as at the other routes.
     *
     * @throws ProblemException if there is no valid token
     */
    TokenUser of(HttpServerRequest http) {
        String presented = PresentedToken.bearer(http.getHeader(HttpHeaders.AUTHORIZATION))
                .or(() -> inQuery(http))
                .orElseThrow(ProblemException::withoutToken);
        return GrantSecret.parse(Kind.ACCESS_TOKEN, presented)
                .flatMap(grants::userOf)
                .orElseThrow(() -> new ProblemException(ErrorCode.INVALID_TOKEN));
    }

    private Optional<String> inQuery(HttpServerRequest http) {
        return allowsQuery ? Form.parse(http.query()).flatMap(query -> query.get("access_token")) : Optional.empty();
    }
}
