package io.kriya.oauth.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.database.availability.Deadline;
import io.kriya.error.ProblemException;
import io.kriya.http.Form;
import io.kriya.http.address.ClientAddress;
import io.kriya.limit.Limit;
import io.kriya.limit.LimitedException;
import io.kriya.limit.Limits;
import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URLDecoder;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;

/** Authenticates the client by its secret, in the form or by HTTP Basic (RFC 6749, 2.3.1). */
@Startup // registers the counter of its limit
@ApplicationScoped
public class ClientAuthenticator {

    private static final String WRONG_SECRETS = "client_secret";
    private static final Limit OF_ADDRESS = Limit.parse("20/1h");
    private static final String BASIC = "Basic ";

    private final OAuthClient client;
    private final ClientAddress addresses;
    private final Limits limits;
    private final Clock clock;

    private record Credentials(String id, String secret) {

        /** Redacted. */
        @Override
        public String toString() {
            return "Credentials";
        }
    }

    ClientAuthenticator(OAuthClient client, ClientAddress addresses, Limits limits, Clock clock) {
        this.client = client;
        this.addresses = addresses;
        this.limits = limits;
        this.clock = clock;
        limits.counter(WRONG_SECRETS);
    }

    /**
     * Authenticates the client. Wrong credentials count against the limit of their address; right ones are never
     * limited, as others at the client's address could lock it out.
     *
     * @return the client's id
     * @throws OAuthException if the credentials are missing, malformed or wrong
     * @throws io.kriya.error.ProblemException if the limit is reached
     */
    public String authenticate(Form form, HttpServerRequest http) {
        requireReadable(form);
        if (form.isRepeated("client_id") || form.isRepeated("client_secret")) {
            throw new OAuthException(OAuthError.INVALID_REQUEST, "A field is there more than once.");
        }
        Credentials presented = credentials(form, http.getHeader(HttpHeaders.AUTHORIZATION))
                .orElseThrow(() -> new OAuthException(OAuthError.INVALID_CLIENT, "The client has to prove itself."));
        // Without short-circuit evaluation, so that the time does not depend on the id.
        if (!(client.hasId(presented.id()) & client.hasSecret(presented.secret()))) {
            countWrong(addresses.of(http).address());
            throw new OAuthException(OAuthError.INVALID_CLIENT, "The client or its secret is not known.");
        }
        return presented.id();
    }

    /** Refuses a form that is not percent-encoded UTF-8. */
    public static void requireReadable(Form form) {
        if (!form.isReadable()) {
            throw new OAuthException(
                    OAuthError.INVALID_REQUEST, "The form can't be read: its values have to be percent-encoded UTF-8.");
        }
    }

    private static Optional<Credentials> credentials(Form form, String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return form.get("client_id")
                    .flatMap(id -> form.get("client_secret").map(secret -> new Credentials(id, secret)));
        }
        if (form.get("client_secret").isPresent()) {
            throw new OAuthException(
                    OAuthError.INVALID_REQUEST, "The client proves itself by the header or by the form, not by both.");
        }
        return decode(authorization.substring(BASIC.length()));
    }

    private static Optional<Credentials> decode(String basic) {
        try {
            String[] parts = new String(Base64.getDecoder().decode(basic.strip()), UTF_8).split(":", 2);
            return parts.length < 2
                    ? Optional.empty()
                    : Optional.of(
                            new Credentials(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /**
     * In a transaction of its own, so that right credentials need no database. ArC intercepts this method although it
     * is called within this class.
     */
    @Deadline
    @Transactional
    void countWrong(String address) {
        try {
            limits.take(WRONG_SECRETS, OF_ADDRESS, address, clock.instant());
        } catch (LimitedException limited) {
            throw ProblemException.until(limited.retryAt());
        }
    }
}
