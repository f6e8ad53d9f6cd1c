package io.kriya.oauth;

import jakarta.enterprise.context.ApplicationScoped;

/** Reads what the client sends people here with. */
@ApplicationScoped
public class AuthorizationRequests {

    private final Client client;

    AuthorizationRequests(Client client) {
        this.client = client;
    }

    /**
     * Reads the query of a request.
     *
     * @throws AuthorizationRequest.Refused where it can't be granted
     */
    public AuthorizationRequest read(String query) throws AuthorizationRequest.Refused {
        return AuthorizationRequest.read(query, client);
    }
}
