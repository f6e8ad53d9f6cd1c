package io.kriya.oauth.client;

import io.kriya.error.ProblemException;
import io.kriya.http.Form;
import io.kriya.http.address.ClientAddress;
import io.kriya.oauth.client.OAuthMetrics.Endpoint;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Calls in which a client proves itself. */
@ApplicationScoped
public class ClientCalls {

    private final ClientAuthentication authentication;
    private final ClientAddress addresses;
    private final OAuthMetrics metrics;

    ClientCalls(ClientAuthentication authentication, ClientAddress addresses, OAuthMetrics metrics) {
        this.authentication = authentication;
        this.addresses = addresses;
        this.metrics = metrics;
    }

    /** Answers a call of the client, and no other. */
    public <T> T answer(Endpoint endpoint, Form form, HttpServerRequest http, Function<String, T> answer) {
        return counted(endpoint, () -> answer.apply(client(form, http)));
    }

    public <T> T counted(Endpoint endpoint, Supplier<T> answer) {
        try {
            T result = answer.get();
            metrics.granted(endpoint);
            return result;
        } catch (OAuthException | ProblemException refusal) {
            metrics.refused(endpoint);
            throw refusal;
        }
    }

    /** Refuses a form that can't be read, as clients of OAuth understand it. */
    public static void requireReadable(Form form) {
        if (!form.isReadable()) {
            throw new OAuthException(
                    OAuthError.INVALID_REQUEST, "The form can't be read: its values have to be percent-encoded UTF-8.");
        }
    }

    private String client(Form form, HttpServerRequest http) {
        requireReadable(form);
        if (List.of("client_id", "client_secret").stream().anyMatch(form::isRepeated)) {
            throw new OAuthException(OAuthError.INVALID_REQUEST, "A field is there more than once.");
        }
        OAuthClient.Credentials shown = OAuthClient.shown(form, http.getHeader(HttpHeaders.AUTHORIZATION));
        if (!authentication.isProven(shown, addresses.of(http))) {
            throw new OAuthException(OAuthError.INVALID_CLIENT, "The client or its secret is not known.");
        }
        return shown.id();
    }
}
