package io.kriya.loginpage;

import io.kriya.challenge.Caller;
import io.kriya.loginpage.view.Layout;
import io.kriya.oauth.AuthorizationRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** A request to the login page, with a valid authorization request. */
record LoginRequest(
        HttpServerRequest http, AuthorizationRequest authorization, BrowserId browser, Caller caller, Layout layout) {

    LoginRequest withProofOfWork(Optional<String> solution) {
        return new LoginRequest(http, authorization, browser, caller.withProofOfWork(solution), layout);
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "LoginRequest";
    }
}
