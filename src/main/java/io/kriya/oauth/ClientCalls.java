package io.kriya.oauth;

import io.kriya.error.Refusal;
import io.kriya.http.ClientAddress;
import io.kriya.http.Form;
import io.kriya.oauth.OAuthMetrics.Endpoint;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Calls in which a client proves itself. */
@ApplicationScoped
class ClientCalls {

    private final ClientAuthentication authentication;
    private final ClientAddress addresses;
    private final OAuthMetrics metrics;

    ClientCalls(ClientAuthentication authentication, ClientAddress addresses, OAuthMetrics metrics) {
        this.authentication = authentication;
        this.addresses = addresses;
        this.metrics = metrics;
    }

    /** Answers a call of the client, and no other. */
    <T> T answer(Endpoint endpoint, Form form, HttpServerRequest http, Function<String, T> answer) {
        return counted(endpoint, () -> answer.apply(client(form, http)));
    }

    <T> T counted(Endpoint endpoint, Supplier<T> answer) {
        try {
            T result = answer.get();
            metrics.granted(endpoint);
            return result;
        } catch (OAuthRefusal | Refusal refusal) {
            metrics.refused(endpoint);
            throw refusal;
        }
    }

    /** Refuses a form that can't be read, as clients of OAuth understand it. */
    static void requireReadable(Form form) {
        if (!form.isReadable()) {
            throw new OAuthRefusal(
                    OAuthError.INVALID_REQUEST, "The form can't be read: its values have to be percent-encoded UTF-8.");
        }
    }

    private String client(Form form, HttpServerRequest http) {
        requireReadable(form);
        if (List.of("client_id", "client_secret").stream().anyMatch(form::isRepeated)) {
            throw new OAuthRefusal(OAuthError.INVALID_REQUEST, "A field is there more than once.");
        }
        Client.Credentials shown = Client.shown(form, http.getHeader(HttpHeaders.AUTHORIZATION));
        if (!authentication.isProven(shown, addresses.of(http))) {
            throw new OAuthRefusal(OAuthError.INVALID_CLIENT, "The client or its secret is not known.");
        }
        return shown.id();
    }
}
