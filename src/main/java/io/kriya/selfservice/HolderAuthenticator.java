package io.kriya.selfservice;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.token.PresentedToken;
import io.kriya.token.TokenSecret;
import io.kriya.token.Tokens;
import io.kriya.token.cache.TokenVerdict;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;

/** Authenticates the holder of a login token, which has to be in the header. An access token is refused. */
@ApplicationScoped
class HolderAuthenticator {

    private final Tokens tokens;

    HolderAuthenticator(Tokens tokens) {
        this.tokens = tokens;
    }

    /** @throws ProblemException if there is no valid token */
    Holder of(HttpServerRequest http) {
        String presented = PresentedToken.bearer(http.getHeader(HttpHeaders.AUTHORIZATION))
                .orElseThrow(ProblemException::withoutToken);
        TokenSecret secret =
                TokenSecret.parse(presented).orElseThrow(() -> new ProblemException(ErrorCode.INVALID_TOKEN));
        if (tokens.validate(secret.reveal()).await().indefinitely() instanceof TokenVerdict.Valid(var token)) {
            return new Holder(secret, token.user().id());
        }
        throw new ProblemException(ErrorCode.INVALID_TOKEN);
    }
}
