package io.kriya.loginpage;

import io.kriya.challenge.Caller;
import io.kriya.loginpage.view.Layout;
import io.kriya.oauth.AuthorizationRequest;
import io.vertx.core.http.HttpServerRequest;

/** One request of a browser, for the authorization that a client has asked for. */
record LoginRequest(
        HttpServerRequest http, AuthorizationRequest request, BrowserId browser, Caller visitor, Layout frame) {

    /** Says nothing of the person. */
    @Override
    public String toString() {
        return "LoginRequest";
    }
}
