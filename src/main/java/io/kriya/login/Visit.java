package io.kriya.login;

import io.kriya.oauth.AuthorizationRequest;
import io.kriya.verification.Visitor;
import io.vertx.core.http.HttpServerRequest;

/** One request of a browser, for the authorization that a client has asked for. */
record Visit(HttpServerRequest http, AuthorizationRequest request, Browser browser, Visitor visitor, Frame frame) {

    /** Says nothing of the person. */
    @Override
    public String toString() {
        return "Visit";
    }
}
