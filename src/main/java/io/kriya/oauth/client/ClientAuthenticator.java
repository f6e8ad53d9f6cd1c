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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Authenticates a client by its secret, in the form or by HTTP Basic (RFC 6749, 2.3.1). */
@Startup // registers the counter of its limit
@ApplicationScoped
public class ClientAuthenticator {

    /** What a client may do. */
    public enum Permission {
        /** To exchange authorization codes, and to revoke access tokens. */
        GRANTS,
        INTROSPECTION
    }

    private static final String WRONG_SECRETS = "client_secret";
    private static final Limit OF_ADDRESS = Limit.parse("20/1h");
    private static final String BASIC = "Basic ";

    private final List<Client> clients;
    private final ClientAddress addresses;
    private final Limits limits;
    private final Clock clock;

    private record Client(ClientCredentials credentials, Set<Permission> permissions) {}

    /** An id and a secret that a request presents, or one reading of them. */
    private record Presented(String id, String secret) {

        /** Redacted. */
        @Override
        public String toString() {
            return "Presented";
        }
    }

    ClientAuthenticator(
            OAuthConfig oauth, IntrospectionConfig introspection, ClientAddress addresses, Limits limits, Clock clock) {
        clients = Stream.of(
                        oauth.credentials().map(known -> new Client(known, EnumSet.allOf(Permission.class))),
                        introspection
                                .credentials()
                                .map(known -> new Client(known, EnumSet.of(Permission.INTROSPECTION))))
                .flatMap(Optional::stream)
                .toList();
        this.addresses = addresses;
        this.limits = limits;
        this.clock = clock;
        limits.counter(WRONG_SECRETS);
    }

    /**
     * Authenticates a client that needs a permission. Wrong credentials count against the limit of their address; right
     * ones are never limited, as others at the client's address could lock it out.
     *
     * @return the client's id
     * @throws OAuthException if the credentials are missing, malformed or wrong, or the client has no permission
     * @throws io.kriya.error.ProblemException if the limit is reached
     */
    public String authenticate(Form form, HttpServerRequest http, Permission needed) {
        requireReadable(form);
        for (String name : List.of("client_id", "client_secret")) {
            if (form.isRepeated(name)) {
                throw new OAuthException(OAuthError.INVALID_REQUEST, name + " is there more than once.");
            }
        }
        boolean isKnown = false;
        for (Presented presented : presented(form, http.getHeader(HttpHeaders.AUTHORIZATION))) {
            for (Client client : clients) {
                // Compared without short-circuit evaluation, so that the time does not depend on the id.
                if (client.credentials().match(presented.id(), presented.secret())) {
                    isKnown = true;
                    if (client.permissions().contains(needed)) {
                        return presented.id();
                    }
                }
            }
        }
        if (isKnown) {
            throw new OAuthException(
                    OAuthError.UNAUTHORIZED_CLIENT,
                    "client_id takes OAUTH_CLIENT_ID here; this client may only introspect.");
        }
        countWrong(addresses.of(http).address());
        throw new OAuthException(
                OAuthError.INVALID_CLIENT, "client_id is not known, or client_secret is not its secret.");
    }

    /** Refuses a form that is not percent-encoded UTF-8. */
    public static void requireReadable(Form form) {
        if (!form.isReadable()) {
            throw new OAuthException(
                    OAuthError.INVALID_REQUEST, "The form can't be read: its values have to be percent-encoded UTF-8.");
        }
    }

    /** What the request presents: the header's readings, which the form may repeat, or else the form's. */
    private static List<Presented> presented(Form form, String authorization) {
        Optional<String> id = form.get("client_id");
        Optional<String> secret = form.get("client_secret");
        if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            if (id.isEmpty() || secret.isEmpty()) {
                throw new OAuthException(
                        OAuthError.INVALID_CLIENT,
                        "client_id and client_secret are required, in the form or as Authorization: Basic.");
            }
            return List.of(new Presented(id.get(), secret.get()));
        }
        List<Presented> inHeader = decode(authorization.substring(BASIC.length()));
        List<Presented> equal = inHeader.stream()
                .filter(one -> id.isEmpty() || id.get().equals(one.id()))
                .filter(one -> secret.isEmpty() || secret.get().equals(one.secret()))
                .toList();
        if (equal.isEmpty()) {
            throw new OAuthException(
                    OAuthError.INVALID_REQUEST,
                    "client_id and client_secret in the form are not those of Authorization: Basic.");
        }
        return equal;
    }

    /** The readings of HTTP Basic: form-encoded, as RFC 6749 requires, and as it is, which many clients send. */
    private static List<Presented> decode(String basic) {
        try {
            String[] parts = new String(Base64.getDecoder().decode(basic.strip()), UTF_8).split(":", 2);
            if (parts.length == 2) {
                var asItIs = new Presented(parts[0], parts[1]);
                return Stream.concat(decoded(asItIs).stream(), Stream.of(asItIs))
                        .distinct()
                        .toList();
            }
        } catch (IllegalArgumentException _) {
            // No base64: refused below.
        }
        throw new OAuthException(
                OAuthError.INVALID_CLIENT, "Authorization: Basic takes client_id:client_secret in base64.");
    }

    private static Optional<Presented> decoded(Presented encoded) {
        try {
            return Optional.of(
                    new Presented(URLDecoder.decode(encoded.id(), UTF_8), URLDecoder.decode(encoded.secret(), UTF_8)));
        } catch (IllegalArgumentException notEncoded) {
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
